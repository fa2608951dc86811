"""What the linter says of a mail, and that it is silent about a good one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digests.linter import lint
from digests.linter.body import CLIPPED_AT
from digests.linter.colours import contrast, parse
from digests.rendering import Rendered
from jobs.mail import inline_styles

OWN = "https://portal.example.org"
HEAD = {
    "List-Unsubscribe": f"<{OWN}/digest/u/x>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "List-ID": "<digest.portal.example.org>",
    "Auto-Submitted": "auto-generated",
    "Message-ID": "<1@portal.example.org>",
}
STYLES = """
.content { color: #1b1b2b; background-color: #ffffff; } .content a { color: #3a3484; }
@media (prefers-color-scheme: dark) {
  .content { color: #edebe2 !important; background-color: #1a1b28 !important; }
  .content a { color: #f6cf6d !important; }
}
"""


def html(body: str, *, styles: str = STYLES, attributes: str = 'lang="en-gb"') -> str:
    page = (
        f"<html {attributes}><head><style>{styles}</style></head><body><div class='content'>{body}</div></body></html>"
    )
    return inline_styles(page)


LINK = f'<h1>Digest</h1><h2>Area</h2><h3><a href="{OWN}/library/one/">One</a></h3>'
GOOD = Rendered("One and 2 more", "Two · Three", html(LINK), f"* One\n  {OWN}/library/one/\n")


def codes(mail: Rendered, **options) -> list[str]:
    return [finding.code for finding in lint(mail, **({"head": HEAD, "own": OWN} | options))]


def test_a_good_mail_has_no_finding():
    assert codes(GOOD) == []


FAULTS = {
    "clipped": replace(GOOD, html=html(LINK + f"<!--{'x' * CLIPPED_AT}-->")),
    "nearly_clipped": replace(GOOD, html=html(LINK + f"<!--{'x' * (CLIPPED_AT * 9 // 10)}-->")),
    "no_alt": replace(GOOD, html=html(LINK + f'<img src="{OWN}/a.jpg">')),
    "empty_alt": replace(GOOD, html=html(LINK + f'<img src="{OWN}/a.jpg" alt="">')),
    "picture_address": replace(GOOD, html=html(LINK + '<img src="data:image/png;base64,x" alt="A">')),
    "no_text": replace(GOOD, text=" \n"),
    "not_in_text": replace(GOOD, html=html(LINK + "<h3>Two</h3>")),
    "link_not_in_text": replace(GOOD, html=html(LINK + f'<a href="{OWN}/two/">Two</a>')),
    "link_scheme": replace(GOOD, html=html(LINK + '<a href="javascript:x">x</a>'), text=f"{GOOD.text} javascript:x"),
    "no_language": replace(GOOD, html=html(LINK, attributes="")),
    "heading_order": replace(GOOD, html=html(LINK.replace("h2", "h4"))),
    "table_role": replace(GOOD, html=html(f"{LINK}<table><tr><td></td></tr></table>")),
    "contrast": replace(GOOD, html=html(f'{LINK}<p class="faint">Hm</p>', styles=STYLES + ".faint {color: #aaa}")),
    "dark_contrast": replace(GOOD, html=html(LINK, styles=STYLES.replace("#f6cf6d", "#3a3484"))),
    "no_preheader": replace(GOOD, preheader=""),
    "no_subject": replace(GOOD, subject=" "),
    "subject_too_long": replace(GOOD, subject="T" * 151),
    "long_subject": replace(GOOD, subject="T" * 80),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_found_and_nothing_else(code):
    assert codes(FAULTS[code]) == [code]


def test_pictures_with_one_fault_are_one_finding_that_names_them_all():
    sources = [f"{OWN}/{name}.jpg" for name in "abc"]
    pictures = "".join(f'<img src="{src}" alt="">' for src in sources)

    (found,) = lint(replace(GOOD, html=html(LINK + pictures)), head=HEAD, own=OWN)

    assert found.what == "3 pictures have no description."
    assert found.where == tuple(sources)


def test_a_picture_is_named_by_the_title_that_it_stands_with():
    faulty = replace(GOOD, html=html(f'<img src="{OWN}/a.jpg" alt=""><h3>How to be\n noticed</h3>' + LINK))

    pictures = [found for found in lint(faulty, head=HEAD, own=OWN) if found.code == "empty_alt"]

    assert [found.where for found in pictures] == [("How to be noticed",)]


def test_a_dead_link_is_found_and_other_sites_are_not_asked():
    assert codes(GOOD, dead={f"{OWN}/library/one/"}) == ["dead_link"]
    abroad = replace(
        GOOD, html=GOOD.html.replace(OWN, "https://gone.test"), text=GOOD.text.replace(OWN, "https://gone.test")
    )
    assert codes(abroad) == []


@pytest.mark.parametrize("name", HEAD)
def test_a_header_that_is_missing_or_folded_is_found(name):
    assert codes(GOOD, head={key: value for key, value in HEAD.items() if key != name}) == ["no_header"]
    assert codes(GOOD, head=HEAD | {name: "a\r\n b"}) == ["folded_header"]


def test_every_finding_says_what_to_do_and_errors_come_first():
    mail = replace(FAULTS["empty_alt"], subject=" ")
    found = lint(mail, head=HEAD, own=OWN)

    assert [finding.level for finding in found] == ["error", "warning"]
    assert all(finding.what and finding.advice for finding in found)


def test_contrast_is_reckoned_as_wcag_does():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(parse("#767676"), parse("#fff")) == pytest.approx(4.54, abs=0.01)
    assert parse("transparent") is None
