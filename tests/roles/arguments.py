"""What stands in an address for its arguments: the longest beginning that knows the argument's name decides.

A value is written as it is, a model stands for the number of its row, and a function is given the world. Generic views
need no line here: what `pk` means follows from their model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.models import EditingSession
from wagtail.documents import get_document_model
from wagtail.models import Collection, Task, TaskState, Workflow

from careers.models import (
    ArticlePage,
    Credential,
    Feedback,
    LearningPathPage,
    LibraryPage,
    Note,
    ResourcePage,
    WeeklyPlan,
    WordPressImport,
)
from digests.links import Purpose
from digests.models import Delivery, Edition, EditionItem, Run, SubscriberImport
from home.models import Area, CustomImage, Person, WebLink
from jobs.models import Notice
from masterclasses.models import Follow, MasterclassPage, PartCaptions, PartPage, RemoteJob, Upload, Video
from tests.roles.routes import Route
from tests.roles.world import World

Document = get_document_model()
Value = str | type[Any] | Callable[[World], Any]

ARGUMENTS: Mapping[str, Mapping[str, Value]] = {
    "/": {"1": "", "anything": "no-such-page", "token": "no-such-token", "name": "no-such-file.png", "number": "1"},
    "/.well-known/": {},
    "/_util/authenticate_with_password/": {"page_view_restriction_id": "1", "page_id": ArticlePage},
    "/accounts/": {"key": "no-such-key", "uidb36": "1", "pk": "1"},
    "/admin/api/main/pages/": {"pk": ArticlePage, "action_name": "publish"},
    "/admin/api/main/documents/": {"pk": Document},
    "/admin/api/main/images/": {"pk": CustomImage},
    "/admin/bulk/": {"app_label": "careers", "model_name": "articlepage", "action": "delete"},
    "/admin/choose-page/": {"parent_page_id": LibraryPage},
    "/admin/collections/": {"pk": Collection, "collection_id": Collection},
    "/admin/deliveries/": {"how": "mark-sent", "pk": Delivery},
    "/admin/digests/runs/": {"how": "stop", "pk": Run},
    "/admin/documents/": {
        "document_id": Document,
        "doc_id": Document,
        "pk": Document,
    },
    "/admin/editing-sessions/": {
        "app_label": "careers",
        "model_name": "articlepage",
        "object_id": ArticlePage,
        "session_id": EditingSession,
    },
    "/admin/editions/": {"pk": Edition, "item": EditionItem},
    "/admin/editions/items/": {"pk": EditionItem, "seen": "0"},
    "/admin/images/": {"image_id": CustomImage, "pk": CustomImage, "filter_spec": "width-100"},
    "/admin/jobs/": {"kind": "jobs.mail", "pk": lambda world: world.failed_mail.pk},
    "/admin/media/": {"media_id": Video, "media_type": "video"},
    "/admin/notices/": {"pk": Notice},
    "/admin/pages/": {
        "page_id": ArticlePage,
        "pk": ArticlePage,
        "page_to_move_id": ArticlePage,
        "parent_page_id": LibraryPage,
        "destination_id": LibraryPage,
        "content_type_app_name": "careers",
        "content_type_model_name": "articlepage",
        "app_label": "careers",
        "model_name": "articlepage",
        "action_name": "approve",
        "task_state_id": TaskState,
        "task_id": Task,
        "revision_id": lambda world: world.revision.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "workflow_state_id": lambda world: world.workflow_state.pk,
    },
    "/admin/paths/": {"pk": LearningPathPage},
    "/admin/redirects/": {"redirect_id": lambda world: world.redirect.pk},
    "/admin/reports/feedback/": {"pk": Feedback},
    "/admin/reports/links/": {"pk": WebLink},
    "/admin/reports/paths/": {"pk": LearningPathPage},
    "/admin/reports/people/": {"pk": lambda world: world.people["pra"].pk},
    "/admin/reviews/": {"pk": ArticlePage},
    "/admin/settings/": {"app_name": "home", "model_name": "siteidentity", "pk": lambda world: world.site.pk},
    "/admin/snippets/choose/home/area/": {"pk": Area},
    "/admin/snippets/choose/home/person/": {"pk": Person},
    "/admin/subscriber-import/": {"pk": SubscriberImport},
    "/admin/tag-autocomplete/": {"app_name": "taggit", "model_name": "tag"},
    "/admin/translation/submit/": {"page_id": ArticlePage, "app_label": "home", "model_name": "area", "pk": Area},
    "/admin/videos/": {"pk": Video, "uuid": lambda world: world.of(Upload).uuid},
    "/admin/videos/parts/": {"pk": PartPage},
    "/admin/videos/remote/": {"pk": RemoteJob},
    "/admin/wordpress-import/": {"pk": WordPressImport},
    "/admin/workflows/": {
        "pk": Workflow,
        "workflow_pk": Workflow,
        "page_pk": ArticlePage,
        "app_label": "wagtailcore",
        "model_name": "groupapprovaltask",
        "task_id": Task,
    },
    "/admin/workflows/tasks/": {"pk": Task},
    "/areas/": {"slug": "marketplace"},
    "/c/": {"code": lambda world: world.of(Credential).code},
    "/credentials/status/": {"number": "1"},
    "/digest/c/": {"token": lambda world: world.link(Purpose.CONFIRM)},
    "/digest/events/": {"provider": "mailgun"},
    "/digest/p/": {"token": lambda world: world.link(Purpose.PREFERENCES)},
    "/digest/r/": {"token": lambda world: world.link(Purpose.RETURN)},
    "/digest/u/": {"token": lambda world: world.link(Purpose.UNSUBSCRIBE)},
    "/django-admin/": {"app_label": "accounts", "url": "no-such-page"},
    "/django-admin/r/": {"content_type_id": ContentType, "object_id": "1"},
    "/documents/": {"1": Document, "2": "sheet.txt", "restriction_id": "1"},
    "/learning/calendar/": {"key": lambda world: world.of(WeeklyPlan).feed_key},
    "/learning/certificates/": {"code": lambda world: world.of(Credential).code, "pk": LearningPathPage},
    "/learning/": {"pk": ArticlePage},
    "/learning/fragments/path/": {"pk": LearningPathPage},
    "/learning/notes/": {"pk": Note},
    "/learning/pages/<pk>/opened/": {"pk": ResourcePage},
    "/learning/paths/": {"pk": LearningPathPage},
    "/letters/": {"slug": lambda world: world.of(Edition).slug},
    "/media/images/": {"name": lambda world: world.rendition.file.name.removeprefix("images/")},
    "/people/": {"slug": lambda world: world.of(Person).slug},
    "/sitemap": {"section": "pages"},
    "/watch/": {
        "pk": PartPage,
        "uuid": lambda world: world.encode.uuid,
        "version": lambda world: world.encode.version,
        "name": "video.mp4",
    },
    "/watch/captions/": {"pk": PartCaptions},
    "/watch/evenings/": {"pk": MasterclassPage},
    "/watch/f/": {"key": lambda world: world.of(Follow).key},
    "/watch/following/": {"pk": MasterclassPage},
    "/watch/fragments/follow/": {"pk": MasterclassPage},
    "/watch/fragments/going-on/": {"pk": MasterclassPage},
    "/watch/remote/": {"token": lambda world: world.source_token},
}
#: What stands for the row of a model in the generic views of an admin.
ROW = ("pk", "object_id", "id")


def values_of(route: Route, world: World) -> dict[str, str]:
    return {name: str(_value(route, name, world)) for name in route.arguments}


def _value(route: Route, name: str, world: World) -> Any:
    beginnings = sorted((one for one in ARGUMENTS if route.address.startswith(one)), key=len, reverse=True)
    found = next((ARGUMENTS[one][name] for one in beginnings if name in ARGUMENTS[one]), None)
    if found is None and name in ROW and route.model is not None:
        found = route.model
    if isinstance(found, type):
        return world.of(found).pk
    # Eight digits would be a number, now and then.
    return found(world) if callable(found) else found or ("" if found == "" else f"x{uuid4().hex[:8]}")
