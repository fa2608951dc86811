"""Nothing that an editor types becomes markup, a script or an address that is not of the web."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import expand_db_html

from home.blocks import BodyBlock
from home.blocks.actions import CallToActionBlock
from home.blocks.text import RICH_TEXT_FEATURES
from home.models import Person

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "{{ 7|add:7 }}{% debug %}",
    "<math><mtext></p><img src onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.org/",
]


class Dangers(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "math", "object"} or (tag == "svg" and dict(attrs).get("class") != "icon"):
            self.found.append(tag)
        self.found += [name for name, _value in attrs if name.startswith("on")]
        self.found += [
            value for _name, value in attrs if value and value.lower().startswith(("javascript:", "data:text"))
        ]


def dangers_in(html: str) -> list[str]:
    parser = Dangers()
    parser.feed(html)
    return parser.found


TEXT_BLOCKS = {
    "heading": lambda text: {"text": text, "level": "h2"},
    "quote": lambda text: {"text": text, "attribution": text},
    "key_points": lambda text: {"title": text, "points": [text, text]},
    "callout": lambda text: {"style": "tip", "title": text, "text": "<p>Plain.</p>"},
    "call_to_action": lambda text: {"title": text, "text": text, "label": text[:40], "url": "https://example.org/"},
    "embed": lambda text: {"video": "https://vimeo.com/1", "caption": text},
    "table": lambda text: {
        "caption": text,
        "source": text,
        "table": {"columns": [{"type": "text", "heading": text}], "rows": [{"values": [text]}], "caption": text},
    },
}


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("block", TEXT_BLOCKS)
def test_text_is_shown_as_it_was_typed(block, payload):
    body = BodyBlock()
    html = body.render(body.to_python([{"type": block, "value": TEXT_BLOCKS[block](payload)}]))
    expected = [] if block != "embed" else ["iframe"]
    assert dangers_in(html) == expected


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_in_rich_text_keeps_no_address_that_runs(address):
    state = {
        "blocks": [
            {
                "key": "a",
                "text": "press here",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 5, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}}},
    }
    stored = ContentstateConverter(RICH_TEXT_FEATURES).to_database_format(json.dumps(state))
    assert dangers_in(expand_db_html(stored)) == []
    assert "script:" not in stored.lower()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_rich_text_from_the_editor_holds_only_the_features_it_offers(payload):
    state = {
        "blocks": [
            {"key": "a", "text": payload, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
        ],
        "entityMap": {},
    }
    stored = ContentstateConverter(RICH_TEXT_FEATURES).to_database_format(json.dumps(state))
    assert dangers_in(expand_db_html(stored)) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_call_to_action_leads_to_the_web_only(address):
    block = CallToActionBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"title": "Go", "label": "Go", "url": address}))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_persons_website_is_one(address):
    person = Person(name="A", slug="a", website=address)
    with pytest.raises(ValidationError) as refused:
        person.full_clean(exclude=["photo"], validate_unique=False)
    assert "website" in refused.value.message_dict
