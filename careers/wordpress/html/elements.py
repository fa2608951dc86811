"""What becomes of each element that is not a line of words."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bs4 import Tag
from django.utils.translation import gettext as _

from careers.wordpress.html import tables
from careers.wordpress.html.inline import href_of, inline_html, plain
from careers.wordpress.html.pictures import captioned, gallery, picture
from careers.wordpress.html.walker import MOST_NAME, Walker

#: What is lifted out of a list or a quotation and laid down after it.
LIFTED = ["img", "figure", "table", "wp-embed", "wp-gallery", "wp-file", "wp-caption", "video", "audio"]


def heading(walker: Walker, tag: Tag) -> None:
    walker.apart(tag, walker.heading)


def listing(walker: Walker, tag: Tag) -> None:
    walker.flush()
    lifted = _lift(tag)
    walker.paragraph(_list_html(walker, tag))
    _lay(walker, lifted)


def quotation(walker: Walker, tag: Tag) -> None:
    walker.flush()
    lifted = _lift(tag)
    source = tag.find(["cite", "footer", "figcaption"])
    name = plain(source.extract(), walker.base).replace("\n", " ") if isinstance(source, Tag) else ""
    if tag.find("a"):
        walker.notes.append(_("Links in a quotation became words, with the address behind them."))
    text = plain(tag, walker.base)
    if len(name) > MOST_NAME:
        text, name = f"{text}\n{name}", ""
    if text:
        walker.add("quote", {"text": text, "attribution": name})
    _lay(walker, lifted)


def figure(walker: Walker, tag: Tag) -> None:
    walker.flush()
    found = tag.find("figcaption", recursive=False)
    caption = plain(found.extract(), walker.base).replace("\n", " ") if isinstance(found, Tag) else ""
    image, inner = tag.find("img"), tag.find("table")
    quoted, frame = tag.find("blockquote"), tag.find(["wp-embed", "video", "audio", "wp-file"])
    if isinstance(inner, Tag):
        table(walker, inner, caption)
    elif isinstance(image, Tag) and not tag.find("figure") and len(tag.find_all("img")) == 1:
        picture(walker, image, caption)
    elif "wp-block-embed" in " ".join(tag.get("class") or []) and not frame:
        walker.embed(plain(tag), caption)
    else:
        if isinstance(quoted, Tag) and caption:
            quoted.append(_cite(caption))
            caption = ""
        walker.walk(tag)
        walker.flush()
        walker.say(caption)
        walker.flush()


def table(walker: Walker, tag: Tag, caption: str = "") -> None:
    walker.flush()
    own = tag.find("caption")
    caption = plain(own.extract(), walker.base) if isinstance(own, Tag) else caption
    if not tag.find("tr") or not tag.find(["td", "th"]):
        return
    if tables.is_layout(tag):
        walker.notes.append(_("A table that only put things in their places was dissolved."))
        walker.walk(tag)
        walker.flush()
        walker.say(caption)
        walker.flush()
    else:
        walker.add("table", tables.table_value(tag, caption, walker.base, walker.notes))


def code(walker: Walker, tag: Tag) -> None:
    walker.flush()
    for line_break in tag.find_all("br"):
        line_break.replace_with("\n")
    lines = tag.get_text().strip("\n").expandtabs(4).split("\n")
    words = [line.lstrip(" ") for line in lines]
    kept = [
        "\xa0" * (len(line) - len(word)) + escape(word, quote=False) for line, word in zip(lines, words, strict=True)
    ]
    if any(line.strip() for line in lines):
        walker.paragraph(f"<p><code>{'<br/>'.join(kept)}</code></p>")


def frame(walker: Walker, tag: Tag) -> None:
    walker.flush()
    address = str(tag.get("title") or "") or plain(tag)
    walker.embed(address, frame="frame" in (tag.get("class") or []))


def film(walker: Walker, tag: Tag) -> None:
    """A film or a recording of one's own: linked where it is, for ours go through the video library."""
    walker.flush()
    source = tag if tag.get("src") or tag.get("title") else tag.find("source")
    address = str((source.get("src") or source.get("title") or "") if isinstance(source, Tag) else "")
    if not address:
        walker.notes.append(_("A film or recording without an address was left out."))
        return
    walker.link(address, _("Film or recording: %(name)s") % {"name": address.rpartition("/")[2][:80]})
    walker.notes.append(_("A film or recording is linked where it was: %(address)s") % {"address": address[:200]})


def definitions(walker: Walker, tag: Tag) -> None:
    walker.flush()
    for part in tag.find_all(["dt", "dd"]):
        words = "".join(inline_html(child, walker.base) for child in part.children)
        walker.paragraph(f"<p><b>{words}</b></p>" if part.name == "dt" else f"<p>{words}</p>")


def details(walker: Walker, tag: Tag) -> None:
    walker.flush()
    summary = tag.find("summary")
    if isinstance(summary, Tag):
        walker.paragraph(f"<p><b>{escape(plain(summary.extract()), quote=False)}</b></p>")
    walker.walk(tag)
    walker.flush()


def part(walker: Walker, tag: Tag) -> None:
    """Any container. A file's second link, the button, leads where its name does."""
    for button in tag.find_all("a", class_="wp-block-file__button"):
        others = [link for link in tag.find_all("a") if link is not button]
        if any(href_of(link, walker.base) == href_of(button, walker.base) for link in others):
            button.decompose()
    walker.apart(tag, walker.walk)


def rule(walker: Walker, tag: Tag) -> None:
    walker.flush()


def _lift(tag: Tag) -> list[Tag]:
    """Take what stands alone out of the element, outermost only."""
    return [found.extract() for found in tag.find_all(LIFTED) if found.find_parent(LIFTED) is None]


def _lay(walker: Walker, lifted: list[Tag]) -> None:
    for found in lifted:
        walker.visit(found)
    walker.flush()


def _list_html(walker: Walker, tag: Tag) -> str:
    inside = []
    for entry in tag.find_all("li", recursive=False):
        words = []
        for child in entry.children:
            if isinstance(child, Tag) and child.name in {"ul", "ol"}:
                words.append(_list_html(walker, child))
            elif isinstance(child, Tag) and child.name in {"p", "div"}:
                words.append(f"{'<br/>' if words and words[-1].strip() else ''}{inline_html(child, walker.base)}")
            else:
                words.append(inline_html(child, walker.base))
        inside.append(f"<li>{''.join(words).strip()}</li>")
    return f"<{tag.name}>{''.join(inside)}</{tag.name}>" if inside else ""


def _cite(words: str) -> Tag:
    cite = Tag(name="cite")
    cite.string = words
    return cite


HANDLERS: dict[str, Callable[[Walker, Tag], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), heading),
    **dict.fromkeys(("ul", "ol"), listing),
    **dict.fromkeys(("div", "section", "article", "p", "center", "main", "aside", "header", "footer", "nav"), part),
    **dict.fromkeys(("video", "audio", "wp-file"), film),
    "blockquote": quotation,
    "figure": figure,
    "table": table,
    "pre": code,
    "wp-embed": frame,
    "wp-caption": captioned,
    "wp-gallery": gallery,
    "img": picture,
    "dl": definitions,
    "details": details,
    "hr": rule,
}
