"""What the home floor tells the floors above."""

from django.dispatch import Signal

#: Something that visitors see has changed without a page or a snippet being saved (a video became playable, say).
#: Send it where that is written: `public_content_changed.send(sender=Video)`. Caches of pages listen.
public_content_changed = Signal()
