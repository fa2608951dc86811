"""What happens to a practitioner's progress, for upper floors to act on.

All are sent in the transaction that changed the row, after the change, with `person` (a user) and `page`
(a ContentPage). A receiver that raises takes the change back. The sender is Completion, of `path_finished` Enrolment.
"""

from __future__ import annotations

from django.dispatch import Signal

page_completed = Signal()
completion_undone = Signal()
#: All required steps of a path are done; sent again only after the person has taken one of them back.
path_finished = Signal()
