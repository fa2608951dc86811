"""Reading an export: what is merely untidy is tamed and told, what is broken or hostile is refused in words."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.wordpress.errors import NotAnExport
from careers.wordpress.reading import Export
from careers.wordpress.taming import Tamer
from tests import wxr

BOMB = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss>&b;</rss>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>"""


def read(data: bytes) -> tuple[list[str], list[str]]:
    export = Export(io.BytesIO(data))
    return [item.title for item in export], export.notes


def one(title: str = "", **fields) -> bytes:
    return wxr.wxr(wxr.Item(1, title or "A title", **fields))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BOMB, "defines names of its own"),
        (OUTSIDE, "defines names of its own"),
        (b"", "The file is empty"),
        (b"Dear colleague", "line 1, column 1"),
        (b"<html></html>", "no export of WordPress"),
        (one().replace(b"</item>", b"<!-- </item>"), r"broken at line \d+, column \d+, after 1 items: unclosed token"),
        (one().replace(b"</item>", b"</itam>"), r"broken at line \d+, column \d+, after 1 items"),
        (one().replace(b"</title>", b"</titel>"), r"line \d+, column \d+"),
        (b"\x1f\x8b" + b"nonsense", "packing is damaged"),
        (gzip.compress(one()).replace(gzip.compress(one())[60:70], bytes(10)), "packing is damaged"),
        (b"PK\x03\x04nonsense", "packing is damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "line 1"),
    ],
)
def test_what_is_no_export_is_refused_in_words(data, words):
    with pytest.raises(NotAnExport, match=words):
        read(data)


def test_a_packed_export_is_unpacked():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("readme.txt", "hello")
        packed.writestr("export/site.xml", one())

    assert read(gzip.compress(one()))[0] == read(archive.getvalue())[0] == ["A title"]


def test_an_archive_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("careers.wordpress.opening.MOST_XML", 1_000_000)

    with pytest.raises(NotAnExport, match="larger than"):
        read(gzip.compress(one().replace(b"Words.", b"w" * 2_000_000)))


@pytest.mark.parametrize(
    ("data", "title", "note"),
    [
        (one("A\x0b\x00 title"), "A title", "Control characters"),
        (one(raw_title="A&#8; &nbsp;title"), "A \xa0title", "Control characters"),
        (one(raw_title="R&D"), "R&D", "Ampersands"),
        (one(raw_title="Caf&eacute;"), "Café", "Entities of HTML"),
        (one().replace(b"A title]]>", b"A title]]> ]]>"), "A title ]]>", "Ends of CDATA"),
        (one("Café").replace("Café".encode(), "Café".encode("cp1252")), "Café", "Windows-1252: 1"),
        (b"\n\n<br/>Warning: x\n" + one(), "A title", "before the beginning"),
    ],
)
def test_what_is_untidy_is_tamed_and_told(data, title, note):
    titles, notes = read(data)

    assert titles == [title]
    assert note in " ".join(notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "iso-8859-2", "x-unknown"])
def test_every_encoding_is_read_as_declared_or_marked(encoding):
    text = one("Présenté").decode().replace("UTF-8", encoding if encoding != "utf-8-sig" else "UTF-8")

    assert read(text.encode("utf-8" if encoding == "x-unknown" else encoding, "replace"))[0] == ["Présenté"]


def test_prefixes_without_a_namespace_are_read():
    data = one().replace(b'xmlns:wp="http://wordpress.org/export/1.2/"', b"").replace(b"xmlns:dc=", b"xmlns:other=")

    assert read(data)[0] == ["A title"]


def test_cdata_closed_inside_a_text_is_read_whole():
    assert read(one("a]]]]><![CDATA[>b"))[0] == ["a]]>b"]


SCRIPT = "<script>// <![CDATA[\nif (a && b) go(1);\n// ]]></script> <b>after</b>"


@pytest.mark.parametrize("text", [SCRIPT, SCRIPT * 3, "a <code>x[y[0]]></code> b", "<![CDATA[ never closed", "a]]>"])
def test_ends_of_sections_that_a_text_brings_along_end_nothing(text):
    data = wxr.wxr(wxr.Item(1, content=text), wxr.Item(2, "Next", "<p>more</p>"))

    found = list(Export(io.BytesIO(data)))

    assert [item.content for item in found] == [text, "<p>more</p>"]


def test_names_with_prefixes_of_another_tools_choice_are_read():
    data = one(content="<p>Words.</p>", terms=[("post_tag", "pay", "Pay")])
    for number, prefix in enumerate((b"wp", b"content", b"dc", b"excerpt")):
        for before in (b"<", b"</", b"xmlns:"):
            end = b"=" if before == b"xmlns:" else b":"
            data = data.replace(before + prefix + end, before + b"ns%d" % number + end)
    assert b"ns0:post_id" in data

    (item,) = Export(io.BytesIO(data))

    assert (item.post_id, item.creator, item.content) == ("1", "mira", "<p>Words.</p>")


def test_texts_written_as_markup_keep_all_their_words():
    markup = b'<content:encoded><p>One <b>two</b><br/> <img src="/a.png"/>three</p></content:encoded>'
    data = one(raw_title="A <em>leaning</em> title").replace(
        b"<content:encoded><![CDATA[<p>Words.</p>]]></content:encoded>", markup
    )

    (item,) = Export(io.BytesIO(data))

    assert item.title == "A <em>leaning</em> title"
    assert item.content == '<p>One <b>two</b><br> <img src="/a.png">three</p>'


def test_terms_named_twice_as_in_the_first_version_count_once():
    terms = [
        ("category", "", "C++ & C"),
        ("category", "c-plus", "C++ &amp; C"),
        ("tag", "", "Pay"),
        ("tag", "p", "Pay"),
    ]

    (item,) = Export(io.BytesIO(one(terms=terms)))

    assert [(term.nicename, term.name) for term in item.terms] == [("c-plus", "C++ & C"), ("p", "Pay")]


def test_what_a_server_added_after_the_end_is_left_out_and_told():
    titles, notes = read(one() + b"<br />\n<b>Warning</b>: too many <!-- 40 queries -->")

    assert titles == ["A title"]
    assert notes == ["What stood after the end of the export was left out."]


def test_a_second_export_after_the_end_is_not_lost_in_silence():
    with pytest.raises(NotAnExport, match="after 1 items"):
        read(one() + one())


def test_all_parts_of_an_export_in_one_archive_are_read():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("site.002.xml", wxr.wxr(wxr.Item(2, "Second"), site="https://blog.practice.example"))
        packed.writestr("site.001.xml", one("First"))
        packed.writestr("__MACOSX/._site.001.xml", b"\x00\x05\x16\x07")
        packed.writestr("sitemap.xml", b"<urlset></urlset>")

    titles, notes = read(archive.getvalue())

    assert titles == ["First", "Second"]
    assert notes == ["“sitemap.xml” in the archive is no export of WordPress."]


def test_a_broken_part_of_an_archive_is_named():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("site.001.xml", one("First"))
        packed.writestr("site.002.xml", one("Second").replace(b"</item>", b"</itam>"))

    with pytest.raises(NotAnExport, match=r"site\.002\.xml: The file is broken at line"):
        read(archive.getvalue())


@pytest.mark.parametrize("declared", ["ISO-8859-1", "windows-1251", "GBK"])
def test_utf8_that_calls_itself_otherwise_is_read_as_utf8(declared):
    titles, notes = read(one("Présenté – 日本").replace(b'"UTF-8"', f'"{declared}"'.encode()))

    assert titles == ["Présenté – 日本"]
    assert notes == [f"The file calls itself {declared.lower()} and is UTF-8."]


def test_elements_in_one_another_without_end_are_refused():
    with pytest.raises(NotAnExport, match="more than 500 deep"):
        read(b"<rss>" + b"<item>" * 100_000)


TOKENS = st.sampled_from(["]]>", "]", ">", "<![CDATA[", "<t>", "</t>", "<u:v>", "&", "&nbsp;", "&#1;", "word ", " "])


@given(st.lists(TOKENS | st.text(max_size=9), max_size=60).map("".join), st.integers(min_value=1, max_value=90))
def test_the_pieces_in_which_a_text_comes_make_no_difference(text, size):
    text = f"<?xml?><rss>{text}"
    whole, pieces = Tamer(), Tamer()

    expected = whole.tame(text, final=True)
    cut = [pieces.tame(text[i : i + size]) for i in range(0, len(text), size)]

    assert "".join([*cut, pieces.tame("", final=True)]) == expected
    assert pieces.counts == whole.counts


def test_no_cut_parts_the_end_of_a_section():
    text = f"<?xml?><rss><a><![CDATA[x]]> &nbsp;{'w' * 100}</a>"
    expected = Tamer().tame(text, final=True)

    for place in range(len(text)):
        tamer = Tamer()
        assert tamer.tame(text[:place]) + tamer.tame(text[place:], final=True) == expected


def test_a_large_file_is_read_in_flat_memory():
    item = wxr.Item(1, "Large", "<p>" + "word " * 20_000 + "</p>").xml().encode()
    head, foot = wxr.wxr().split(b"</channel>")

    class Endless(io.RawIOBase):
        left = [head, *[item] * 300, b"</channel>" + foot]

        def read(self, _size: int = -1) -> bytes:
            return self.left.pop(0) if self.left else b""

        def seek(self, *_where: int) -> int:
            return 0

    class Peeked(Endless):
        first = True

        def read(self, size: int = -1) -> bytes:
            if self.first:
                self.first = False
                return b"<?xm"
            return super().read(size)

    tracemalloc.start()
    count = sum(1 for _item in Export(Peeked()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 300
    assert peak < 6_000_000
