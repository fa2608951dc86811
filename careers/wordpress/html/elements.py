"""What becomes of each element that is not a line of words."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from bs4 import Tag
from bs4.element import Comment
from django.utils.translation import gettext as _

from careers.wordpress.html import tables
from careers.wordpress.html.inline import href_of, inline_html, plain
from careers.wordpress.html.marks import holds, is_dynamic
from careers.wordpress.html.pictures import captioned, gallery, picture
from careers.wordpress.html.walker import MOST_CAPTION, MOST_NAME, STANDS_ALONE, Walker

#: What is lifted out of a list or a quotation and laid down after it.
LIFTED = ["img", "figure", "table", "wp-embed", "wp-gallery", "wp-file", "wp-caption", "video", "audio"]
MORE_THAN_WORDS = [name for name in STANDS_ALONE if name not in {"p", "div", "section"}]


def heading(walker: Walker, tag: Tag) -> None:
    walker.flush()
    lifted = _lift(tag)
    walker.heading(tag)
    _lay(walker, lifted)


def listing(walker: Walker, tag: Tag) -> None:
    walker.flush()
    lifted = _lift(tag)
    walker.paragraph(_list_html(walker, tag))
    _lay(walker, lifted)


def quotation(walker: Walker, tag: Tag) -> None:
    walker.flush()
    lifted = _lift(tag)
    name, more = _caption(walker, tag.find(["cite", "footer", "figcaption"]))
    if tag.find("a"):
        walker.notes.append(_("Links in a quotation became words, with the address behind them."))
    text = plain(tag, walker.base)
    if len(name) > MOST_NAME:
        text, name = f"{text}\n{name}", ""
    if text:
        walker.add("quote", {"text": text, "attribution": name})
    _lay(walker, lifted + more)


def figure(walker: Walker, tag: Tag) -> None:
    walker.flush()
    caption, lifted = _caption(walker, tag.find("figcaption", recursive=False))
    image, inner = tag.find("img"), tag.find("table")
    quoted, frame = tag.find("blockquote"), tag.find(["wp-embed", "video", "audio", "wp-file"])
    if isinstance(inner, Tag):
        table(walker, inner, caption)
        inner.extract()
        walker.apart(tag, walker.walk)
    elif isinstance(image, Tag) and not tag.find("figure") and len(tag.find_all("img")) == 1:
        picture(walker, image, caption)
        image.extract()
        walker.apart(tag, walker.walk)
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
    _lay(walker, lifted)


def table(walker: Walker, tag: Tag, caption: str = "") -> None:
    walker.flush()
    own, lifted = _caption(walker, tag.find("caption"))
    _lay_table(walker, tag, "; ".join(words for words in (own, caption) if words))
    _lay(walker, lifted)


def _lay_table(walker: Walker, tag: Tag, caption: str) -> None:
    is_table = tag.find("tr") is not None and tag.find(["td", "th"]) is not None
    if is_table and not tables.is_layout(tag):
        fits = len(caption) <= MOST_CAPTION
        walker.add("table", tables.table_value(tag, caption if fits else "", walker.base, walker.notes))
        walker.say("" if fits else caption)
        walker.flush()
        return
    if is_table:
        walker.notes.append(_("A table that only put things in their places was dissolved."))
    walker.walk(tag)
    walker.flush()
    walker.say(caption)
    walker.flush()


def code(walker: Walker, tag: Tag) -> None:
    walker.flush()
    lifted = _lift(tag)
    for line_break in tag.find_all("br"):
        line_break.replace_with("\n")
    for link in tag.find_all("a"):
        href = href_of(link, walker.base)
        link.append(f" ({href})" if href and href not in link.get_text() else "")
    lines = tag.get_text().strip("\n").expandtabs(4).split("\n")
    words = [line.lstrip(" ") for line in lines]
    kept = [
        "\xa0" * (len(line) - len(word)) + escape(word, quote=False) for line, word in zip(lines, words, strict=True)
    ]
    if any(line.strip() for line in lines):
        walker.paragraph(f"<p><code>{'<br/>'.join(kept)}</code></p>")
    _lay(walker, lifted)


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


def term(walker: Walker, tag: Tag) -> None:
    """What is defined, or what can be opened: a line in bold."""
    walker.flush()
    lifted = _lift(tag)
    words = "".join(inline_html(child, walker.base) for child in tag.children)
    walker.paragraph(f"<p><b>{words}</b></p>")
    _lay(walker, lifted)


def part(walker: Walker, tag: Tag) -> None:
    """Any container. A file's second link, the button, leads where its name does."""
    for button in tag.find_all("a", class_="wp-block-file__button"):
        others = [link for link in tag.find_all("a") if link is not button]
        if any(href_of(link, walker.base) == href_of(button, walker.base) for link in others):
            button.decompose()
    walker.apart(tag, walker.walk)


def rule(walker: Walker, tag: Tag) -> None:
    walker.flush()


def linked(walker: Walker, tag: Tag) -> None:
    """A link around more than words. Ours holds words alone: it goes on around a line, else it follows what it held."""
    href = href_of(tag, walker.base)
    if href and not holds(tag, MORE_THAN_WORDS):
        walker.flush()
        walker.write(tag)
    else:
        walker.walk(tag)
        if href and not tag.find("img"):
            walker.flush()
            walker.link(href)
            walker.notes.append(_("A link around several things follows them: %(address)s") % {"address": href[:200]})
    walker.flush()


def _lift(tag: Tag) -> list[Any]:
    """Take what stands alone out of the element, outermost only; blocks that are made at each visit are among it."""
    found = [node for node in tag.descendants if _stands_alone(node)]
    return [_out_of(node) for node in found if any(parent is tag for parent in node.parents)]


def _out_of(node: Any) -> Any:
    """The node without what is around it, but for the link that it is."""
    link = node.find_parent("a", href=True)
    if link is None:
        return node.extract()
    return node.wrap(Tag(name="a", attrs={"href": link["href"]})).extract()


def _caption(walker: Walker, found: Any) -> tuple[str, list[Any]]:
    """Take an element's caption or source out of it: the words, and what can be no part of them."""
    if not isinstance(found, Tag):
        return "", []
    lifted = _lift(found.extract())
    return plain(found, walker.base).replace("\n", " "), lifted


def _stands_alone(node: Any) -> bool:
    return is_dynamic(node) if isinstance(node, Comment) else isinstance(node, Tag) and node.name in LIFTED


def _lay(walker: Walker, lifted: list[Any]) -> None:
    for found in lifted:
        walker.visit(found)
    walker.flush()


def _list_html(walker: Walker, tag: Tag) -> str:
    """A list of rich text. What stands in a list, but in no entry of it, is one of its own."""
    inside = [line for entry in tag.children if (line := _entry_html(walker, entry).strip())]
    return f"<{tag.name}>{''.join(f'<li>{line}</li>' for line in inside)}</{tag.name}>" if inside else ""


def _entry_html(walker: Walker, entry: Any) -> str:
    children = entry.children if isinstance(entry, Tag) and entry.name == "li" else [entry]
    words: list[str] = []
    for child in children:
        if isinstance(child, Tag) and child.name in {"ul", "ol"}:
            words.append(_list_html(walker, child))
        elif isinstance(child, Tag) and child.name in {"p", "div"}:
            words.append(f"{'<br/>' if words and words[-1].strip() else ''}{inline_html(child, walker.base)}")
        else:
            words.append(inline_html(child, walker.base))
    return "".join(words)


def _cite(words: str) -> Tag:
    cite = Tag(name="cite")
    cite.string = words
    return cite


CONTAINERS = "div section article p center main aside header footer nav dl dd details"
HANDLERS: dict[str, Callable[[Walker, Tag], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), heading),
    **dict.fromkeys(("ul", "ol"), listing),
    **dict.fromkeys(
        ("div", "section", "article", "p", "center", "main", "aside", "header", "footer", "nav", "dl", "dd", "details"),
        part,
    ),
    **dict.fromkeys(("dt", "summary"), term),
    **dict.fromkeys(("video", "audio", "wp-file"), film),
    "blockquote": quotation,
    "figure": figure,
    "table": table,
    "pre": code,
    "wp-embed": frame,
    "wp-caption": captioned,
    "wp-gallery": gallery,
    "img": picture,
    "hr": rule,
}
