"""HTML of WordPress as our blocks: nothing harmful gets in, nothing goes without a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
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
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a</li><li><ul><li>b</li></ul></li></ul>"),
        ("H<sub>2</sub>O<sup><a href='#f'>12</a></sup>", "<p>H₂O¹²</p>"),
        ('<a href="https://x.example/"><div>Press</div></a>', '<p><a href="https://x.example/">Press</a></p>'),
        ("<dl>a<dd>b</dl>", "<p>a</p><p>b</p>"),
        ("<q>a</q> <!-- never closed", "<p>“a” &lt;!-- never closed</p>"),
        ("<div>" * 3000 + "deep" + "</div>" * 3000, "<p>deep</p>"),
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
        *(
            (html, "image", {"src": "https://old.example/a.jpg", "attachment": "", "alt": "", "caption": caption})
            for html, caption in (
                ('<img src="data:image/gif;base64,R0" data-lazy-src="/a.jpg">', ""),
                ('<img srcset="/a.jpg 1x, /b.jpg 2x">', ""),
                ('<img src="https://i0.wp.com/old.example/a.jpg?resize=3%2C2&ssl=1">', ""),
                ("<div style=\"background-image:url('/a.jpg')\"></div>", ""),
                ('<figure><ul><li><img src="/a.jpg"></li></ul></figure>', ""),
                ("[caption caption='By &quot;A&quot; <b>B</b>']<img src='/a.jpg'>[/caption]", 'By "A" B'),
            )
        ),
        *(
            (html, "embed", {"video": "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "caption": ""})
            for html in (
                "[youtube https://www.youtube.com/watch?v=dQw4w9WgXcQ&w=640]",
                "[youtube=http://www.youtube.com/watch?v=dQw4w9WgXcQ]",
                '[youtube id="dQw4w9WgXcQ"]',
                "[embed width=1]https://youtu.be/dQw4w9WgXcQ[/embed]",
                '<object><param name="movie" value="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"></object>',
            )
        ),
    ],
)
def test_other_things_become_blocks_of_their_own(html, kind, value):
    assert blocks(html) == [(kind, value)]


def test_cells_joined_over_rows_stand_in_each_of_them():
    ((_kind, value),) = blocks("<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td colspan='²'>d<td>e</table>")

    assert [row["values"] for row in value["table"]["rows"]] == [["a", "b"], ["a", "c"], ["d", "e"]]


def test_a_gallery_shows_what_it_names_and_not_what_it_leaves_out():
    around = Surroundings(attached=["7", "8"], elsewhere={"77": ["3", "4"]})

    found = convert('[gallery include="1,2"][gallery exclude="7"][gallery id="77"]', around).blocks

    assert [value["attachment"] for _kind, value in found] == ["1", "2", "8", "3", "4"]


def test_a_shortcode_that_is_never_closed_swallows_nothing():
    assert blocks("[embed] a [caption] b [youtube] c") == [("rich_text", "<p>a  b  c</p>")]


def test_reusable_blocks_in_one_another_come_to_an_end():
    endless = Surroundings(reusable={"1": '<!-- wp:block {"ref":1} /-->' * 50})

    assert "Reusable block 1 was left out" in " ".join(convert(endless.reusable["1"], endless).notes)


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
        ("<del>five</del>", "“five”"),
        ('<a href="https://x.example/"><i></i></a>', "https://x.example/"),
        ('[button link="https://x.example/"]Go[/button]', "https://x.example/"),
        ('<!-- wp:acf/hero {"data":{"title":"Own words","_title":"field_1"}} /-->', "Own words"),
        ('<ul><!-- wp:social-link {"url":"https://x.example"} /--></ul>', "social-link"),
        ('<object data="https://x.example/a.swf"></object>', "https://x.example/a.swf"),
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


HOLDERS = st.sampled_from(
    ["div", "p", "b", "em", "span", "center", "blockquote", "ul", "li", "ol", "figure", "figcaption", "h2", "h4",
     "table", "tr", "td", "th", "details", "summary", "dl", "dt", "dd", "pre", "article", "button", "sup", "wp-unknown"]
)  # fmt: skip
LEAVES = st.sampled_from(
    ["{word}", "{word}\n\n{word}", "<img src='/{word}.png'>", "<video src='/{word}.mp4'></video>",
     "<iframe src='https://{word}.example/'></iframe>", "[caption]<img src='/{word}.png'> {word}[/caption]",
     "<a href='https://{word}.example/'>{word}</a>", "[embed]https://{word}.example/[/embed]", "<hr>", "<br>",
     "<!-- wp:{word} /-->", "<!-- wp:embed {{\"url\":\"https://{word}.example/\"}} /-->", "[{word} a=1]",
     "<table><tr><td rowspan=2>{word}<td>{word}<tr><td>{word}</table>", "<!--more-->", "[audio src='/{word}.mp3']",
     "<object data='https://{word}.example/'></object>", "<p style='background:url(/{word}.png)'>{word}</p>",
     "https://{word}.example/{word}", "<pre>{word}\n  {word}</pre>", "<details><summary>{word}</summary></details>"]
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(
            lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
            HOLDERS,
            st.lists(inner, max_size=4),
        )
        | st.builds(
            lambda parts: f"<a href='https://{{word}}.example/'>{''.join(parts)}</a>", st.lists(inner, max_size=3)
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TREES, max_size=4).map("".join))
def test_every_word_picture_and_address_comes_along_or_has_a_line(tree):
    words = [f"word{number:03d}x" for number in range(tree.count("{word}"))]
    html = tree.replace("{{", "{").replace("}}", "}").replace("{word}", "%s") % tuple(words)

    found = convert(html, SITE)

    kept = f"{found.blocks} {found.notes}"
    assert [word for word in words if word not in kept] == []
