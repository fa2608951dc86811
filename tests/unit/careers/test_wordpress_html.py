"""HTML of WordPress as our blocks: nothing harmful gets in, nothing goes without a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.wordpress.html.converting import convert
from careers.wordpress.html.walker import Surroundings

SITE = Surroundings("https://old.example/", {"4": "<p>Reused</p>"}, ["7", "8"])


def blocks(html: str):
    return convert(html, SITE).blocks


def notes(html: str) -> str:
    return " ".join(convert(html, SITE).notes)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("One\ntwo\n\nthree", "<p>One<br/>two</p><p>three</p>"),
        ("<!-- wp:paragraph --><p>One\ntwo</p><!-- /wp:paragraph -->", "<p>One two</p>"),
        ("a <strong>b</strong> <em>c</em> <span>d</span>", "<p>a <b>b</b> <i>c</i> d</p>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<ul><li>a<li>b<ol><li>c</ol></ul>", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"),
        ('<a href="/x">y</a>', '<p><a href="https://old.example/x">y</a></p>'),
        ('<a href="#top">y</a>', "<p>y</p>"),
        ("<pre>a\n  b &lt;i&gt;</pre>", "<p><code>a<br/>&nbsp;&nbsp;b &lt;i&gt;</code></p>"),
        ("<dl><dt>a<dd>b</dl>", "<p><b>a</b></p><p>b</p>"),
        ('<!-- wp:block {"ref":4} /-->', "<p>Reused</p>"),
        ("[sic] and [[gallery]]", "<p>[sic] and [gallery]</p>"),
        ('<img class="wp-smiley" alt=":-)" src="x.gif"> ok', "<p>:-) ok</p>"),
    ],
)
def test_words_become_rich_text(html, text):
    assert blocks(html) == [("rich_text", text)]


@pytest.mark.parametrize(
    ("html", "kind", "value"),
    [
        ("<h4>A</h4>", "heading", {"text": "A", "level": "h2"}),
        ("<blockquote>Q<cite>N</cite></blockquote>", "quote", {"text": "Q", "attribution": "N"}),
        (
            "https://youtu.be/dQw4w9WgXcQ",
            "embed",
            {"video": "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "caption": ""},
        ),
        (
            '[caption width="1"]<img class="wp-image-5" src="/a-300x200.jpg" alt="A"> Words[/caption]',
            "image",
            {"src": "https://old.example/a-300x200.jpg", "attachment": "5", "alt": "A", "caption": "Words"},
        ),
    ],
)
def test_other_things_become_blocks_of_their_own(html, kind, value):
    assert blocks(html) == [(kind, value)]


def test_a_gallery_without_numbers_shows_what_is_attached():
    assert [value["attachment"] for _kind, value in blocks("[gallery]")] == ["7", "8"]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<a href=" java\nscript:alert(1)">x</a>', "javascript:"),
        ('<a href="data:text/html,x">x</a>', "data:"),
        ('<p onclick="x()">y</p>', "onclick"),
        ('<iframe src="https://maps.example/embed"></iframe>', "https://maps.example/embed"),
        ("<form><input></form>", "<form>"),
        ("<svg><script>x</script></svg>", "<svg>"),
        ('[contact-form-7 id="1"]', "contact-form-7"),
        ("<!-- wp:latest-posts /-->", "latest-posts"),
        ("a<!--nextpage-->b", "several pages"),
        ('<video src="/talk.mp4"></video>', "talk.mp4"),
        ("<h1>a</h1><h2>b</h2><h3>c</h3>", "3 levels"),
        ('<a href="https://x.example/"><img src="/a.png"></a>', "x.example"),
        ("<img alt=x>", "without an address"),
        ("<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></table>", "joined cells"),
    ],
)
def test_whatever_does_not_come_along_has_a_line(html, said):
    assert said in notes(html)


HOSTILE = st.sampled_from(
    ["<", ">", "</", "<p>", "<a href='javascript:x'>", "<img src=x onerror=y>", "<script>", "</script>", "<table>",
     "<td>",
     "[caption]", "[/caption]", "[gallery ids='1']", "<!--", "-->", "<!-- wp:block {\"ref\":4} /-->", "<li>", "<svg>",
     "<iframe src='http://10.0.0.1'>", "<blockquote>", "<figure>", "\n\n", "words", "&amp;", "&#0;", "<style>", "]]>"]
)  # fmt: skip


@given(st.lists(HOSTILE | st.text(max_size=8), max_size=25).map("".join))
def test_no_text_at_all_gets_a_script_through_or_stops_the_work(html):
    for kind, value in blocks(html):
        if kind == "rich_text":
            lower = value.lower()
            assert "<script" not in lower
            assert "onerror=" not in lower.replace("&gt;", "").split("<p>")[0]
            assert 'href="javascript' not in lower
            assert "<img" not in lower
            assert "<iframe" not in lower
