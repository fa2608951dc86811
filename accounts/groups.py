"""The groups that come with the portal; kept in step after every migrate.

Permissions are named "app.codename". Nothing is ever taken away, so an owner's own additions stay. A name that a
half-migrated database does not know yet is passed over; `unknown_permissions` tells the tests about misspelt ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

EDITORS = "Editors"
MODERATORS = "Moderators"
VIDEO_PRODUCERS = "Video producers"
DIGEST_EDITORS = "Digest editors"


def _all_of(*models: str) -> tuple[str, ...]:
    """The four model permissions of each "app.model"."""
    return tuple(
        f"{model.split('.')[0]}.{verb}_{model.split('.')[1]}"
        for model in models
        for verb in ("view", "add", "change", "delete")
    )


ADMIN = ("wagtailadmin.access_admin",)
LIBRARIES = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
    "wagtailmedia.add_media",
    "wagtailmedia.change_media",
)
#: What readers say, and how groups of people fare; one person's progress is for whom an owner names.
LEARNING = ("careers.view_feedback", "careers.change_feedback", "careers.see_path_reports")


@dataclass(frozen=True)
class GroupPlan:
    """What a group may do: everywhere, on every page, in every collection."""

    everywhere: tuple[str, ...]
    on_pages: tuple[str, ...] = ()
    in_collections: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        return {*self.everywhere, *self.on_pages, *self.in_collections}


WRITE_PAGES = ("wagtailcore.add_page", "wagtailcore.change_page")
TRANSLATE = ("simple_translation.submit_translation",)
PUBLISH_PAGES = ("wagtailcore.publish_page", "wagtailcore.lock_page", "wagtailcore.unlock_page")

PLANS: Mapping[str, GroupPlan] = {
    EDITORS: GroupPlan(
        everywhere=(
            *ADMIN,
            "home.view_area",
            "home.view_person",
            "home.add_person",
            "home.change_person",
            *LEARNING,
            *TRANSLATE,
        ),
        on_pages=WRITE_PAGES,
        in_collections=LIBRARIES,
    ),
    MODERATORS: GroupPlan(
        everywhere=(
            *ADMIN,
            *_all_of("home.area", "home.person", "wagtailredirects.redirect"),
            *LEARNING,
            *TRANSLATE,
            "careers.view_credential",
            "careers.revoke_credential",
            "careers.view_wordpressimport",
            "careers.add_wordpressimport",
            "digests.view_edition",
            "digests.approve_edition",
        ),
        on_pages=(*WRITE_PAGES, *PUBLISH_PAGES),
        in_collections=LIBRARIES,
    ),
    VIDEO_PRODUCERS: GroupPlan(
        everywhere=(*ADMIN, "jobs.view_jobs", "jobs.retry_job", "masterclasses.view_transcode"),
        in_collections=(*LIBRARIES, "wagtailmedia.delete_media"),
    ),
    DIGEST_EDITORS: GroupPlan(
        everywhere=(
            *ADMIN,
            "digests.view_edition",
            "digests.change_edition",
            "digests.view_subscriber",
            "digests.add_subscriber",
            "digests.view_delivery",
            "jobs.view_jobs",
        ),
    ),
}


def sync_groups(**signal: Any) -> None:
    """Create the portal's groups and give them their permissions; harmless to repeat."""
    _make_all_permissions(using=signal.get("using", "default"))
    known = _permissions(name for plan in PLANS.values() for name in plan.names)
    root_page = Page.objects.filter(depth=1).first()
    root_collection = Collection.get_first_root_node()
    for name, plan in PLANS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*_known(plan.everywhere, known))
        if root_page:
            for permission in _known(plan.on_pages, known):
                GroupPagePermission.objects.get_or_create(group=group, page=root_page, permission=permission)
        if root_collection:
            for permission in _known(plan.in_collections, known):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=root_collection, permission=permission
                )


def unknown_permissions() -> set[str]:
    """The names in the plans for which the database has no permission."""
    wanted = {name for plan in PLANS.values() for name in plan.names}
    return wanted - set(_permissions(wanted))


def _make_all_permissions(*, using: str) -> None:
    """Django makes permissions app by app after migrate, and ours is the first app in the list."""
    for app_config in installed_apps.get_app_configs():
        create_permissions(app_config, verbosity=0, using=using)


def _permissions(names: Iterable[str]) -> dict[str, Permission]:
    wanted = Q()
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    found = Permission.objects.filter(wanted).select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}": permission for permission in found}


def _known(names: Iterable[str], known: Mapping[str, Permission]) -> list[Permission]:
    return [known[name] for name in names if name in known]
