"""An export of WordPress, written here: every block and oddity of the format, in our own words.

`export()` returns the bytes of a file with more than 150 items, `odd()` of one with only the odd ones; `wxr(*items)`
makes a small one of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SITE = "https://blog.practice.example"
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" created="2024-02-01 10:00" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/{version}/">
<channel>
<title>Notes from the practice</title><link>{site}</link><description>Words &amp; plans</description>
<wp:wxr_version>{version}</wp:wxr_version><wp:base_site_url>{site}</wp:base_site_url><wp:base_blog_url>{site}</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[mira]]></wp:author_login>
<wp:author_email><![CDATA[mira@practice.example]]></wp:author_email>
<wp:author_display_name><![CDATA[Mira O’Hara]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>tom</wp:author_login><wp:author_display_name></wp:author_display_name>
<wp:author_first_name>Tomáš</wp:author_first_name><wp:author_last_name>Novák</wp:author_last_name></wp:author>
<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>training</wp:category_nicename>
<wp:cat_name><![CDATA[Training]]></wp:cat_name></wp:category>
<image><url>{site}/icon.png</url><title>Not the site</title><link>{site}</link></image>
"""
FOOT = "</channel>\n</rss>\n"


@dataclass
class Item:
    number: int
    title: str = "A post"
    content: str = "<p>Words.</p>"
    kind: str = "post"
    status: str = "publish"
    slug: str | None = None
    excerpt: str = ""
    creator: str = "mira"
    terms: list[tuple[str, str, str]] = field(default_factory=lambda: [("category", "training", "Training")])
    parent: int = 0
    password: str = ""
    date: str = "2019-03-04 09:30:00"
    file: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    comments: int = 0
    raw_title: str = ""

    def xml(self) -> str:
        slug = f"post-{self.number}" if self.slug is None else self.slug
        terms = "".join(
            f'<category domain="{domain}" nicename="{nice}"><![CDATA[{name}]]></category>'
            for domain, nice, name in self.terms
        )
        meta = "".join(
            f"<wp:postmeta><wp:meta_key>{k}</wp:meta_key><wp:meta_value><![CDATA[{v}]]></wp:meta_value></wp:postmeta>"
            for k, v in self.meta.items()
        )
        comments = "".join(
            f"<wp:comment><wp:comment_id>{n}</wp:comment_id><wp:comment_author><![CDATA[Reader]]></wp:comment_author>"
            f"<wp:comment_content><![CDATA[Thanks <b>you</b>]]></wp:comment_content>"
            f"<wp:comment_approved>{n % 2}</wp:comment_approved></wp:comment>"
            for n in range(self.comments)
        )
        link = f"{SITE}/2019/{slug}/" if self.status == "publish" else f"{SITE}/?p={self.number}"
        file = f"<wp:attachment_url>{self.file}</wp:attachment_url>" if self.file else ""
        return (
            f"<item><title>{self.raw_title or f'<![CDATA[{self.title}]]>'}</title><link>{link}</link>"
            f"<dc:creator><![CDATA[{self.creator}]]></dc:creator>"
            f'<guid isPermaLink="false">{SITE}/?p={self.number}</guid><description></description>'
            f"<content:encoded><![CDATA[{self.content}]]></content:encoded>"
            f"<excerpt:encoded><![CDATA[{self.excerpt}]]></excerpt:encoded>"
            f"<wp:post_id>{self.number}</wp:post_id><wp:post_date>{self.date}</wp:post_date>"
            f"<wp:post_date_gmt>{self.date}</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>"
            f"<wp:status>{self.status}</wp:status><wp:post_parent>{self.parent}</wp:post_parent>"
            f"<wp:post_type>{self.kind}</wp:post_type><wp:post_password>{self.password}</wp:post_password>"
            f"<wp:is_sticky>0</wp:is_sticky>{file}{terms}{meta}{comments}</item>\n"
        )


def wxr(*items: Item, version: str = "1.2", site: str = SITE) -> bytes:
    body = "".join(item.xml() for item in items)
    return (HEAD.format(version=version, site=site) + body + FOOT).replace(SITE, site).encode()


CLASSIC = """A first line
and a second, with <strong>weight</strong> and <em>slant</em>.

Another paragraph &amp; an <a href="/2019/post-2/">old link</a>, <a href="javascript:alert(1)">a trap</a>.

[caption id="attachment_900" align="left" width="300"]<a href="/wp-content/uploads/2019/plan.png"><img \
class="size-medium wp-image-900" src="/wp-content/uploads/2019/plan-300x200.png" alt="A plan" width="300" \
height="200" /></a> The plan on the wall[/caption]

<!--more Go on-->

<h1>Too large a heading</h1>
<h3>A smaller one</h3>
<ul><li>one<li>two<ul><li>deeper</ul></ul>
<blockquote>Plans are nothing.<cite>A general</cite></blockquote>
https://www.youtube.com/watch?v=dQw4w9WgXcQ

[embed]https://vimeo.com/76979871[/embed]

[gallery ids="900,901"]

[contact-form-7 id="12" title="Write"] [sic] and [[gallery]] stay.
<script>alert("no")</script><iframe src="http://169.254.169.254/latest/"></iframe>
<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0" width="1"></iframe>
<table><tr><th>Role</th><th>Pay</th></tr><tr><td>Lead</td><td>60</td></tr></table>
<pre>if plan:
    go()</pre>
<!--nextpage-->
The last page. <img class="wp-smiley" src="x.gif" alt=":-)" />"""
_BLOCKS = """<!-- wp:heading {"level":2} --><h2>Begin</h2><!-- /wp:heading -->
<!-- wp:paragraph {"align":"center"} --><p class="has-text-align-center">Read <code>this</code>
first.</p><!-- /wp:paragraph -->
<!-- wp:image {"id":900} --><figure class="wp-block-image"><img src="SITE/wp-content/uploads/2019/plan.png" alt="Plan" \
class="wp-image-900"/><figcaption>Our <em>plan</em></figcaption></figure><!-- /wp:image -->
<!-- wp:gallery --><figure class="wp-block-gallery"><figure class="wp-block-image"><img data-id="901" \
src="SITE/wp-content/uploads/2019/team.png" class="wp-image-901"/></figure><figcaption>All of us</figcaption></figure>
<!-- /wp:gallery -->
<!-- wp:embed {"url":"https://youtu.be/dQw4w9WgXcQ"} --><figure class="wp-block-embed"><div \
class="wp-block-embed__wrapper">
https://youtu.be/dQw4w9WgXcQ
</div><figcaption>A film</figcaption></figure><!-- /wp:embed -->
<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>Ask early.</p><cite>Mira</cite></blockquote>
</figure><!-- /wp:pullquote -->
<!-- wp:table --><figure class="wp-block-table"><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td>
<td>2</td></tr></tbody></table><figcaption>Two columns</figcaption></figure><!-- /wp:table -->
<!-- wp:columns --><div class="wp-block-columns"><div class="wp-block-column"><!-- wp:list --><ul><li>left</li></ul>
<!-- /wp:list --></div><div class="wp-block-column"><p>right</p></div></div><!-- /wp:columns -->
<!-- wp:media-text -->
<div class="wp-block-media-text"><figure><img src="SITE/wp-content/uploads/2019/plan.png"/></figure>
<div><p>Beside it</p></div></div><!-- /wp:media-text -->
<!-- wp:file --><div class="wp-block-file"><a href="SITE/wp-content/uploads/2019/list.pdf">The list</a><a \
href="SITE/wp-content/uploads/2019/list.pdf" class="wp-block-file__button" download>Download</a></div><!-- /wp:file -->
<!-- wp:buttons --><div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link" \
href="https://elsewhere.example/">Go</a></div></div><!-- /wp:buttons -->
<!-- wp:video --><figure class="wp-block-video"><video controls src="SITE/wp-content/uploads/2019/talk.mp4"></video>
</figure><!-- /wp:video --><!-- wp:audio --><figure><audio src="SITE/a.mp3"></audio></figure><!-- /wp:audio -->
<!-- wp:details --><details class="wp-block-details"><summary>More?</summary><p>Inside</p></details><!-- /wp:details -->
<!-- wp:verse --><pre class="wp-block-verse">A line
  of verse</pre><!-- /wp:verse --><!-- wp:separator --><hr class="wp-block-separator"/><!-- /wp:separator -->
<!-- wp:spacer {"height":"100px"} --><div style="height:100px" class="wp-block-spacer"></div><!-- /wp:spacer -->
<!-- wp:latest-posts {"postsToShow":3} /--><!-- wp:block {"ref":950} /--><!-- wp:block {"ref":951} /-->
<!-- wp:html --><div onclick="steal()"><object data="x"></object><form><input></form>Own HTML</div><!-- /wp:html -->
<!-- wp:shortcode -->[playlist ids="1"]<!-- /wp:shortcode -->
<!-- wp:paragraph --><p>Said<sup class="fn"><a href="#f1">1</a></sup>.</p><!-- /wp:paragraph -->
<!-- wp:footnotes /-->"""
BLOCKS = _BLOCKS.replace("SITE", SITE)


def items() -> list[Item]:
    return [*_posts(), *_pages(), *_attachments(), *_oddities()]


def _posts() -> list[Item]:
    tag = ("post_tag", "salary", "Salary")
    return [
        Item(1, "The classic one", CLASSIC, comments=3, meta={"_thumbnail_id": "901", "_edit_last": "1"}),
        Item(
            2, "The one of blocks", BLOCKS, creator="tom", meta={"footnotes": '[{"content":"A <b>note</b>","id":"f1"}]'}
        ),
        Item(3, "Draft", status="draft", slug=""),
        Item(4, "Waiting", status="pending", slug=""),
        Item(5, "To come", status="future", date="2099-01-01 08:00:00"),
        Item(6, "Private", status="private"),
        Item(7, "Behind a word", password="open sesame"),
        Item(8, "In the bin", status="trash"),
        Item(9, "Begun", status="auto-draft"),
        Item(10, "Same address", slug="post-1"),
        Item(11, "Tagged", excerpt="<p>Its own <b>excerpt</b>.</p>", terms=[tag, ("category", "odd", "Odd & ends")]),
        Item(12, "Nobody’s", creator="", terms=[], date="0000-00-00 00:00:00"),
        Item(13, "", "", terms=[("category", "uncategorized", "Uncategorized")]),
        Item(14, "x" * 300, f"<h2>{'y' * 200}</h2>", slug="long" * 80),
        Item(15, raw_title="Caf&eacute; &amp; cr&#232;me &nbsp; R&D", slug="caf%c3%a9"),
        Item(
            16,
            "Hostile",
            "<svg onload=x><p onclick=y>in</p></svg><a href='data:text/html,x'>d</a><img src=x onerror=1>",
        ),
        Item(17, "Unclosed", "<p>one<p>two<b>three<div>four<table><tr><td>cell"),
        Item(
            18,
            "Only a picture",
            '<a href="https://elsewhere.example/"><img src="/wp-content/uploads/2019/plan.png"></a>',
        ),
    ]


def _pages() -> list[Item]:
    return [
        Item(102, "Below", "<p>Below about.</p>", "page", parent=101, slug="below"),
        Item(101, "About", "<p>Who we are.</p>", "page", slug="about"),
        Item(103, "Search", "<p>A page with an address of ours.</p>", "page", slug="search"),
        Item(104, "In a circle", kind="page", parent=105),
        Item(105, "In a circle, too", kind="page", parent=104),
    ]


def _attachments() -> list[Item]:
    uploads = f"{SITE}/wp-content/uploads/2019"
    return [
        Item(900, "plan", "", "attachment", "inherit", file=f"{uploads}/plan.png", terms=[]),
        Item(
            901,
            "team",
            "",
            "attachment",
            "inherit",
            file=f"{uploads}/team.png",
            parent=1,
            terms=[],
            meta={"_wp_attachment_image_alt": "The team"},
        ),
        Item(902, "list", "", "attachment", "inherit", file=f"{uploads}/list.pdf", terms=[]),
        Item(903, "talk", "", "attachment", "inherit", file=f"{uploads}/talk.mp4", terms=[]),
        Item(904, "gone", "", "attachment", "inherit", file=f"{uploads}/gone.png", terms=[]),
        Item(905, "liar", "", "attachment", "inherit", file=f"{uploads}/liar.png", terms=[]),
        Item(906, "inside", "", "attachment", "inherit", file="http://169.254.169.254/latest/meta.png", terms=[]),
        Item(907, "no address", "", "attachment", "inherit", terms=[]),
    ]


def _oddities() -> list[Item]:
    return [
        Item(950, "Reusable", "<!-- wp:paragraph --><p>From a reusable block.</p><!-- /wp:paragraph -->", "wp_block"),
        Item(951, "Itself", '<!-- wp:block {"ref":951} /-->', "wp_block"),
        Item(960, "", "", "nav_menu_item", terms=[("nav_menu", "main", "Main")]),
        Item(961, "Earlier", kind="revision", status="inherit"),
        Item(962, "Looks", kind="custom_css"),
        Item(963, "A product", kind="product"),
        Item(1, "The classic one", CLASSIC),
    ]


def _filling() -> list[Item]:
    return [
        Item(1000 + n, f"Weekly note {n}", f"Note {n}.\n\nSee <a href='{SITE}/2019/post-{1000 + n - 1}/'>the last</a>.")
        for n in range(1, 126)
    ]


def export(version: str = "1.2") -> bytes:
    """The whole file, with control characters and a bare ampersand in it."""
    return wxr(*items(), *_filling(), version=version).replace(b"Weekly note 7]", b"Weekly \x0bnote\x01 7]", 1)


def odd() -> bytes:
    return wxr(*items())
