"""The sample masterclass: its pages, films, captions, chapters and worksheets."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from django.core.files.base import ContentFile, File
from wagtail.documents import get_document_model
from wagtail.models import Page

from home.models import ContentPage
from masterclasses import actions
from masterclasses.models import (
    MasterclassPage,
    MasterclassPresenter,
    PartCaptions,
    PartChapter,
    PartDownload,
    PartPage,
)
from masterclasses.transcoding.ffmpeg import find_ffmpeg
from portal.sample import slides, tree
from portal.sample.content import Item, read, shifted

HUES = {"marketplace": 232, "job-tools": 174, "training": 34, "networking": 340}
MOTIFS = {"marketplace": "grid", "job-tools": "steps", "training": "waves", "networking": "circles"}


class SampleMasterclass:
    def __init__(self, pages: dict[str, ContentPage], today: date) -> None:
        self.item = read("masterclass")
        self.pages = pages
        self.today = today
        self.day = shifted(self.item["event_date"], today)

    def parts(self) -> list[Item]:
        return self.item["part"]

    def series(self, parent: Page) -> None:
        item = self.item
        page = MasterclassPage(
            title=item["title"],
            slug=item["slug"],
            summary=item["summary"],
            cover=tree.cover(item["slug"], item["title"], {"motif": "triangles", "hue": 262}),
            intro=item["intro_html"],
            event_date=self.day,
            event_begins=item["event_begins"],
            event_ends=item["event_ends"],
            event_place=item["event_place"],
            level=item["level"],
            **tree.published_at(self.day),
        )
        page.presenters.set([MasterclassPresenter(person=person) for person in tree.people(item["presenters"])])
        self.page, made = tree.child(parent, page)
        if made:
            tree.finish(self.page, item)
        self.pages[f"masterclass/{item['slug']}"] = self.page.contentpage_ptr
        self._coming(parent, item["coming"])

    def _coming(self, parent: Page, item: Item) -> None:
        """An evening to which readers may still come; its recording is not there yet."""
        evening = {name: value for name, value in item.items() if name.startswith("event_")}
        page = MasterclassPage(
            title=item["title"],
            slug=item["slug"],
            summary=item["summary"],
            cover=tree.cover(item["slug"], item["title"], {"motif": "waves", "hue": 34}),
            intro=item["intro_html"],
            **evening | {"event_date": shifted(item["event_date"], self.today)},
            **tree.published_at(shifted(item["published_on"], self.today)),
        )
        page.presenters.set([MasterclassPresenter(person=person) for person in tree.people(item["presenters"])])
        page, made = tree.child(parent, page)
        if made:
            tree.finish(page, item)
        self.pages[f"masterclass/{item['slug']}"] = page.contentpage_ptr

    def part(self, item: Item) -> None:
        page = PartPage(
            title=item["title"],
            slug=item["slug"],
            summary=item["summary"],
            cover=tree.cover(
                item["slug"], f"Part: {item['title']}", {"motif": MOTIFS[item["area"]], "hue": HUES[item["area"]]}
            ),
            takeaways="<ul>" + "".join(f"<li>{point}</li>" for point in item["takeaways"]) + "</ul>",
            body=item["body_html"],
            transcript="\n\n".join(slide["narration"].strip() for slide in item["slide"]),
            **tree.published_at(self.day),
        )
        found = PartPage.objects.child_of(self.page).filter(slug=page.slug).first()
        if not found:
            page.chapters.set(
                [PartChapter(start=start, title=title) for start, title in slides.chapters(item["slide"])]
            )
            page.captions.set([PartCaptions(language="en", webvtt=slides.captions(item["slide"]))])
            page.downloads.set([self._download(download) for download in item["downloads"]])
            found, _ = tree.child(self.page, page)
            tree.finish(found, {"areas": [item["area"]], "tags": item.get("tags", [])})
        self.pages[f"parts/{item['slug']}"] = found.contentpage_ptr

    def start_films(self) -> None:
        """Begin to make the films that are not there yet, beside everything else that is loaded."""
        self.folder = tempfile.TemporaryDirectory()
        self.pool = ThreadPoolExecutor(max_workers=2)
        without = PartPage.objects.child_of(self.page).filter(video=None).values_list("slug", flat=True)
        self.films = {
            item["slug"]: self.pool.submit(self._film, item) for item in self.parts() if item["slug"] in without
        }

    def film(self, item: Item) -> None:
        """Add the film of a part to the video library, and to its page."""
        future = self.films.get(item["slug"])
        if future:
            with future.result().open("rb") as stream:
                title = f"{self.item['title']}: {item['title']}"
                video = actions.add_video(title=title, file=File(stream, name=f"{item['slug']}.mp4"))
            page = PartPage.objects.child_of(self.page).get(slug=item["slug"])
            page.video = video
            page.save_revision().publish()

    def end_films(self) -> None:
        self.pool.shutdown()
        self.folder.cleanup()

    def _film(self, item: Item) -> Path:
        film = Path(self.folder.name) / f"{item['slug']}.mp4"
        slides.make_film(find_ffmpeg().path, item["slide"], self.item["title"], HUES[item["area"]], film)
        return film

    def _download(self, item: Item) -> PartDownload:
        document = get_document_model().objects.create(
            title=item["title"], file=ContentFile(item["text"].encode(), name=item["filename"])
        )
        return PartDownload(document=document, description="One page to fill in")
