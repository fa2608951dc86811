"""What an editor meets: previews of every type, and what stands beside a field that is not right."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from careers.models import ArticlePage, LearningPathPage, PathStep
from home.models import Area
from tests.factories.accounts import AdminFactory, browser_of
from tests.factories.careers import (
    ArticlePageFactory,
    LearningPathPageFactory,
    LearningPathsPageFactory,
    LibraryPageFactory,
    ResourcePageFactory,
)
from tests.factories.home import PersonFactory

pytestmark = pytest.mark.django_db

EVERY_TYPE = (
    LibraryPageFactory,
    ArticlePageFactory,
    ResourcePageFactory,
    LearningPathsPageFactory,
    LearningPathPageFactory,
)


@pytest.fixture
def editor():
    return browser_of(AdminFactory())


@pytest.fixture
def area():
    return Area.objects.get(slug="marketplace")


def form_data(area: Area | None, fields: dict[str, Any]) -> dict[str, Any]:
    """What the editor's form sends: the fields of all content with those of one type."""
    shared = {
        "title": "Something new",
        "slug": "something-new",
        "summary": "What it is about.",
        "tags": "",
        "published_on": "2026-03-01",
        "comments": inline_formset([]),
    }
    return nested_form_data(shared | fields) | {"areas": [area.pk] if area else []}


def article(area: Area | None, blocks: list[Any], **changes: Any) -> dict[str, Any]:
    fields = {
        "form": "article",
        "body": streamfield(blocks),
        "article_authors": inline_formset([]),
        "related_pages": inline_formset([]),
    }
    return form_data(area, fields | changes)


def path(area: Area, *stages: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    made = [
        {"title": f"Stage {number}", "intro": "", "gate": "advice", "steps": inline_formset(steps)}
        for number, steps in enumerate(stages, start=1)
    ]
    fields = {
        "audience": "Analysts",
        "outcomes": rich_text("<ul><li>Read an advert</li></ul>", features=["ul"]),
        "intro": rich_text("<p>Begin.</p>"),
        "stages": inline_formset(made),
    }
    return form_data(area, fields | changes)


def step(page: Any, **changes: Any) -> dict[str, Any]:
    return {"page": page.pk, "note": "", "required": "on"} | changes


def add(editor, model, parent, data: dict[str, Any], *, publish: bool = True) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["careers", model._meta.model_name, parent.pk])
    return editor.post(url, data | ({"action-publish": "1"} if publish else {}))


def preview_of_new(editor, model, parent, data: dict[str, Any]) -> str:
    url = reverse("wagtailadmin_pages:preview_on_add", args=["careers", model._meta.model_name, parent.pk])
    stored = editor.post(url, data).json()
    assert stored["is_valid"], stored
    response = editor.get(url)
    assert response.status_code == 200
    return response.content.decode()


# Previews ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("factory", EVERY_TYPE)
def test_every_type_has_a_preview(factory, editor):
    page = factory()
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    assert page.title in response.content.decode()


@pytest.mark.parametrize("factory", EVERY_TYPE)
def test_every_type_can_be_edited(factory, editor):
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[factory().pk])).status_code == 200


def test_an_article_that_was_never_saved_is_previewed_with_contents_authors_and_neighbours(editor, area):
    author, neighbour = PersonFactory(name="Amara Okonjo"), ArticlePageFactory()
    blocks = [
        ("heading", {"text": "Pay", "level": "h2"}),
        ("rich_text", rich_text("<p>One</p>")),
        ("heading", {"text": "Pay", "level": "h2"}),
    ]
    data = article(
        area,
        blocks,
        article_authors=inline_formset([{"person": author.pk}]),
        related_pages=inline_formset([{"page": neighbour.pk}]),
    )
    page = preview_of_new(editor, ArticlePage, LibraryPageFactory(), data)
    assert 'href="#pay-2"' in page
    assert "Amara Okonjo" in page
    assert neighbour.title in page


def test_a_path_that_was_never_saved_is_previewed_with_its_stages_and_steps(editor, area):
    first, second = ResourcePageFactory(effort=20), ResourcePageFactory(effort=25)
    data = path(area, [step(second, note="Begin here")], [step(first)])
    page = preview_of_new(editor, LearningPathPage, LearningPathsPageFactory(), data)
    assert page.index("Stage 1") < page.index("Begin here") < page.index("Stage 2") < page.index(first.title)
    assert "45 min" in page
    assert not PathStep.objects.exists()


def test_a_preview_of_a_changed_path_shows_the_change_and_stores_nothing(editor, area):
    page = LearningPathPageFactory()
    added = ArticlePageFactory()
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(url, path(area, [step(added, note="New here")])).json()["is_valid"]
    assert "New here" in editor.get(url).content.decode()
    assert not PathStep.objects.filter(page=added.pk).exists()


# What is not right ---------------------------------------------------------------------------------------------

TEXT = [("rich_text", rich_text("<p>Some words.</p>"))]


def test_an_article_with_all_it_needs_is_published(editor, area):
    assert add(editor, ArticlePage, LibraryPageFactory(), article(area, TEXT)).status_code == 302
    assert ArticlePage.objects.get().live


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("summary", "Write a summary: it is what readers see"),
        ("areas", "Choose at least one area"),
        ("body", "Write the article: add at least one block of text."),
    ],
)
def test_an_article_says_what_it_lacks_beside_the_field(missing, message, editor, area):
    data = article(
        None if missing == "areas" else area,
        [] if missing == "body" else TEXT,
        **({"summary": ""} if missing == "summary" else {}),
    )
    response = add(editor, ArticlePage, LibraryPageFactory(), data)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert missing in response.context["form"].errors
    assert not ArticlePage.objects.exists()


def test_a_draft_may_wait_for_its_summary_body_and_areas(editor):
    response = add(editor, ArticlePage, LibraryPageFactory(), article(None, [], summary=""), publish=False)
    assert response.status_code == 302
    assert not ArticlePage.objects.get().live


@pytest.mark.parametrize(("publish", "status"), [(False, 302), (True, 200)])
def test_a_call_to_action_may_wait_for_its_page_only_in_a_draft(editor, area, publish, status):
    unfinished = {"title": "Compare", "text": "", "label": "Go", "page": "", "url": ""}
    data = article(area, [("call_to_action", unfinished)])
    assert add(editor, ArticlePage, LibraryPageFactory(), data, publish=publish).status_code == status


def test_an_author_is_named_once(editor, area):
    author = {"person": PersonFactory().pk}
    data = article(area, TEXT, article_authors=inline_formset([author, author]))
    response = add(editor, ArticlePage, LibraryPageFactory(), data)
    assert response.status_code == 200
    assert not ArticlePage.objects.exists()


def publish_path(editor, data: dict[str, Any]) -> Any:
    return add(editor, LearningPathPage, LearningPathsPageFactory(), data)


def step_errors(response, stage: int, number: int) -> dict[str, list[str]]:
    assert response.status_code == 200
    assert not LearningPathPage.objects.exists()
    stages = response.context["form"].formsets["stages"]
    return stages.forms[stage].formsets["steps"].forms[number].errors


def test_a_path_with_all_it_needs_is_published_with_its_minutes(editor, area):
    data = path(area, [step(ResourcePageFactory(effort=20)), step(ResourcePageFactory(effort=30))])
    assert publish_path(editor, data).status_code == 302
    made = LearningPathPage.objects.get()
    assert (made.live, made.minutes) == (True, 50)


def test_a_page_is_a_step_once_and_the_second_is_told(editor, area):
    page = ArticlePageFactory(title="Five shapes")
    response = publish_path(editor, path(area, [step(page)], [step(ArticlePageFactory()), step(page)]))
    assert step_errors(response, 1, 1)["page"] == ["“Five shapes” is already a step of this path."]
    assert "is already a step of this path." in response.content.decode()


def test_a_path_cannot_be_a_step(editor, area):
    other = LearningPathPageFactory(title="Another path")
    url = reverse("wagtailadmin_pages:edit", args=[other.pk])
    response = editor.post(url, path(area, [step(other)]) | {"action-publish": "1"})
    stages = response.context["form"].formsets["stages"]
    [message] = stages.forms[0].formsets["steps"].forms[0].errors["page"]
    assert message.startswith("“Another path” cannot be a step: choose an article")


def test_a_path_needs_a_stage(editor, area):
    response = publish_path(editor, path(area))
    assert "A learning path needs at least one stage with a step." in response.content.decode()
    assert not LearningPathPage.objects.exists()


def test_a_stage_needs_a_step(editor, area):
    response = publish_path(editor, path(area, []))
    assert "A stage needs at least one step." in response.content.decode()
    assert not LearningPathPage.objects.exists()


def test_a_path_needs_a_required_step(editor, area):
    optional = {"page": ArticlePageFactory().pk, "note": ""}
    response = publish_path(editor, path(area, [optional]))
    assert "Make at least one step required" in step_errors(response, 0, 0)["required"][0]


def test_a_draft_of_a_path_may_wait_for_its_steps(editor, area):
    assert add(editor, LearningPathPage, LearningPathsPageFactory(), path(area), publish=False).status_code == 302
