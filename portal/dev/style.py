"""The style page: every component in every state, rendered by the templates that the portal itself uses."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Site

from careers.paths.route import RouteStage, RouteStep
from careers.progress.measuring import StageProgress, measure_stages
from home.blocks import BodyBlock
from home.models import Area, ContentKind, ContentPage, CustomImage, Person
from masterclasses.models import PartPage
from portal.dev.style_samples import (
    BODY,
    CORNERS,
    LONG_TITLE,
    SUMMARY,
    WRONG_FORM,
    SampleForm,
    StillErrors,
)

#: Numbers that no saved page has.
UNSAVED = 2_000_000_000
NOTICES = (
    (constants.SUCCESS, "Saved. The next digest comes on Monday."),
    (constants.INFO, "The recording is being prepared."),
    (constants.ERROR, "That did not work: the address is not one we know."),
)
SLUGS = ("marketplace", "job-tools", "training", "networking", "any", "any", "any", "any")


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    areas = sample_areas()
    pages = sample_pages(areas)
    context = {
        "areas": areas,
        "pages": pages,
        "people": [sample_person(), Person(pk=-2, name="Bo", slug="bo")],
        "listing": sample_listing(pages[:2]),
        "stages": sample_route(pages),
        "walked": walked_route(pages),
        "standing": sample_standing(pages),
        "corners": CORNERS,
        "notices": [Message(level, text) for level, text in NOTICES],
        "part": PartPage.objects.live().filter(video__isnull=False).select_related("video").first(),
        "body": BodyBlock().to_python(BODY + image_block()),
        "headings": [
            {"anchor": "words", "text": "Words", "level": "h2"},
            {"anchor": "things-to-see", "text": "Things to see", "level": "h3"},
        ],
        "form": SampleForm(),
        "wrong_form": SampleForm(WRONG_FORM, auto_id="wrong_%s", error_class=StillErrors),
        "document": SimpleNamespace(
            url="#document", title="Worksheet: two offers side by side", file_extension="pdf", file_size=48_200
        ),
    }
    return render(request, "dev/style.html", context)


def sample_areas() -> list[Area]:
    """One unsaved area for each hue; the first four carry the drawings of the areas that come with the portal."""
    return [
        Area(pk=-number, title=str(label), slug=slug, hue=hue, summary=SUMMARY)
        for number, (slug, (hue, label)) in enumerate(zip(SLUGS, Area.Hue.choices, strict=True), start=1)
    ]


def sample_pages(areas: list[Area]) -> list[ContentPage]:
    """One unsaved page of each kind, without covers; the first has a title as long as they come."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    root = site.root_page.url_path if site else "/"
    pages = []
    for number, (kind, label) in enumerate(ContentKind.choices):
        page = ContentPage(
            pk=UNSAVED + number,
            title=str(label) if number else LONG_TITLE,
            summary=SUMMARY,
            kind=kind,
            minutes=(0, 4, 17, 95, 60, 252, 8, 2)[number],
            published_on=timezone.localdate(),
            url_path=f"{root}style/{number}/",
        )
        page.areas = [areas[number]]
        pages.append(page)
    return pages


def sample_person() -> Person:
    return Person(
        pk=-1, name="Hannah Sinclair", slug="hannah", role="Project Support Officer", organisation="Tarn Water"
    )


def sample_listing(pages: list[ContentPage]) -> SimpleNamespace:
    def options(*labels: str) -> list[dict[str, Any]]:
        return [{"label": label, "url": f"#{label}", "active": not number} for number, label in enumerate(labels)]

    return SimpleNamespace(
        page_obj=Paginator(pages, len(pages)).get_page(1),
        facets=[
            {"name": "area", "label": "Area", "options": options("The marketplace", "Job tools", "Networking")},
            {"name": "kind", "label": "Kind", "options": options("Article", "Interview")},
            {"name": "length", "label": "Length", "options": options("Up to 5 minutes", "More than 15 minutes")},
        ],
        active=[{"label": "The marketplace", "remove_url": "#remove"}],
        clear_url="#clear",
        pages=[{"number": number, "url": f"#page-{number}", "current": number == 8} for number in (1, 7, 8, 9)],
        previous_url="#page-7",
        next_url="#page-9",
    )


def sample_route(pages: list[ContentPage]) -> tuple[StageProgress, ...]:
    steps = [
        RouteStep(number, page, SUMMARY if number % 2 else "", required=number != 2)
        for number, page in enumerate(pages[:4], start=1)
    ]
    ground = RouteStage("See the ground", SUMMARY, steps[:3], key="ground")
    offers = RouteStage("Weigh the offers", "", steps[3:], key="offers", first=(ground,), lock=True)
    return measure_stages([ground, offers], ())


def walked_route(pages: list[ContentPage]) -> tuple[StageProgress, ...]:
    """Stations in every state: a stage that is complete, one that is open, one that is locked."""
    steps = [RouteStep(number, page, "", required=number != 4) for number, page in enumerate(pages[:7], start=1)]
    done = RouteStage("Behind you", SUMMARY, steps[:2], key="done")
    now = RouteStage("Where you are", "", steps[2:5], key="now", first=(done,), lock=True)
    ahead = RouteStage("Still closed", "", steps[5:], key="ahead", first=(now,), lock=True)
    return measure_stages([done, now, ahead], {page.pk for page in pages[:2]})


def sample_standing(pages: list[ContentPage]) -> SimpleNamespace:
    """Of somebody who has done the first two steps."""
    next_step = SimpleNamespace(page=pages[2])
    return SimpleNamespace(done_ids={page.pk for page in pages[:2]}, progress=SimpleNamespace(next_step=next_step))


def image_block() -> list[dict[str, Any]]:
    """The image block shows an image of the library, when there is one."""
    image = CustomImage.objects.first()
    if not image:
        return []
    value = {"image": image.pk, "alt_text": "A sample", "decorative": False}
    return [{"type": "image", "value": {"image": value, "caption": "An image with its caption"}}]
