"""Attachments: pictures and documents, each once, however often it is used."""

from __future__ import annotations

from django.utils.translation import gettext as _

from careers.models import WordPressItem
from careers.wordpress.bringing import Bringing, Outcome, Verdict
from careers.wordpress.html.inline import absolute, words_of
from careers.wordpress.media import NotTaken, file_name, is_document, is_picture, make_document, make_picture
from careers.wordpress.source import SourceItem
from home.models import CustomImage


def bring_attachment(bringing: Bringing, item: WordPressItem, source: SourceItem) -> Outcome:
    address = address_of(bringing, source)
    if not (is_picture(address) or is_document(address)):
        return Outcome(
            Verdict.SKIPPED, [_("Files of this kind are not taken over: %(address)s") % {"address": address[:200]}]
        )
    origin = bringing.origin(item.key)
    if origin and origin.is_gone:
        return Outcome(Verdict.KEPT, [_("It was taken over before, and deleted here since.")])
    if origin:
        return Outcome(Verdict.UNCHANGED, values={"image": origin.image, "document": origin.document})
    try:
        return _new(bringing, item, source, address)
    except NotTaken as reason:
        return Outcome(Verdict.REFUSED, [str(reason), address[:200]])


def _new(bringing: Bringing, item: WordPressItem, source: SourceItem, address: str) -> Outcome:
    notes = _remarks(source)
    if not bringing.write:
        bringing.files.look(address)
        return Outcome(Verdict.TAKEN, notes)
    alt = source.meta.get("_wp_attachment_image_alt", "")
    if is_picture(address):
        image = _fetched_before(bringing, address, title=item.title, alt=alt)
        values = {"image": image or make_picture(bringing.files, address, title=item.title, alt=alt)}
    else:
        values = {"document": make_document(bringing.files, address, title=item.title)}
    bringing.remember(item.key, **values)
    return Outcome(Verdict.TAKEN, notes, values)


def _fetched_before(bringing: Bringing, address: str, *, title: str, alt: str) -> CustomImage | None:
    """The same picture, fetched for an article whose file did not have it yet; it gets the names that it lacks."""
    origin = bringing.origin(picture_key(address))
    image = origin.image if origin else None
    if image is None:
        return None
    image.title = title[:255] if title and image.title == file_name(address) else image.title
    image.description = image.description or alt[:255]
    image.save()
    return image


def picture_key(address: str) -> str:
    return f"picture:{address}"[:500]


def address_of(bringing: Bringing, source: SourceItem) -> str:
    """Where the file is; some exports say only where it lies in the folder of uploads."""
    stored = source.meta.get("_wp_attached_file", "")
    address = source.attachment_url or (f"wp-content/uploads/{stored}" if stored else source.guid)
    return absolute(address, bringing.base)


def _remarks(source: SourceItem) -> list[str]:
    """What our library has no place for."""
    words = words_of(f"{source.excerpt}\n{source.content}")
    said = _("The library keeps no captions; those in articles and galleries come along: “%(words)s”")
    notes = [said % {"words": words[:1000]}] if words else []
    if source.comments:
        notes.append(_("Comments stay behind: %(count)d.") % {"count": source.comments})
    return notes


def picture_for(bringing: Bringing, address: str, number: str) -> CustomImage | None:
    """The picture that an article shows: an attachment's, else fetched now. Raises NotTaken."""
    item = bringing.item_of(address, number)
    if item and item.image:
        return item.image
    if not address and item:
        address = address_of(bringing, SourceItem.of(item.payload))
    if not address:
        raise NotTaken(_("Picture %(number)s is not in the file.") % {"number": number})
    if item and item.verdict == Verdict.REFUSED:
        raise NotTaken(item.reason)
    key = picture_key(address)
    origin = bringing.origin(key)
    if origin and origin.image:
        return origin.image
    if not bringing.write:
        bringing.files.look(address)
        return None
    image = make_picture(bringing.files, address, title="", alt="")
    bringing.remember(key, image=image)
    return image
