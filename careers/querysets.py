"""Queries over content, enrolments and completions, named for what they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from home.models import ContentKind, ContentPage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

READ_NEXT = 3


def newest_alike(page: ContentPage) -> list[ContentPage]:
    """Return the newest pages that share an area with this one; parts of a masterclass are left to it."""
    through = ContentPage.areas.through.objects
    shared = through.filter(contentpage=OuterRef("pk"), area__in=through.filter(contentpage=page.pk).values("area"))
    own = ContentPage.objects.visible().filter(locale=page.locale_id)
    alike = own.filter(Exists(shared)).exclude(pk=page.pk).exclude(kind=ContentKind.PART)
    return list(alike.newest()[:READ_NEXT])


class OwnQuerySet(models.QuerySet):
    """Rows that belong to one person."""

    def of(self, person: AbstractBaseUser) -> Self:
        return self.filter(person_id=person.pk)


class NoteQuerySet(OwnQuerySet):
    def kept(self) -> Self:
        """Without those whose deletion can still be undone."""
        return self.filter(deleted_at=None)


class EnrolmentQuerySet(OwnQuerySet):
    def with_step(self, page: ContentPage) -> Self:
        """Enrolments whose path has the page as a required step."""
        return self.filter(Exists(self._required_steps().filter(page_id=page.pk)))

    def ready_to_finish(self) -> Self:
        """Not finished yet, although every required step that anybody may open is done.

        What was done before it was closed counts: see `careers.progress.measuring`.
        """
        steps = self._required_steps()
        completions = self.model._meta.apps.get_model("careers", "Completion").objects
        done = Exists(completions.filter(person=OuterRef(OuterRef("person")), page=OuterRef("page")))
        open_steps = Q(page__in=ContentPage.objects.visible().order_by().values("pk"))
        counted = steps.filter(open_steps | Q(done))
        undone = steps.filter(open_steps).exclude(done)
        return self.filter(Exists(counted), ~Exists(undone), finished_at=None)

    @staticmethod
    def _required_steps() -> models.QuerySet:
        from careers.models import PathStep

        return PathStep.objects.order_by().filter(stage__path=OuterRef("path"), required=True)


class CompletionQuerySet(OwnQuerySet):
    def newest(self) -> Self:
        return self.order_by("-completed_at", "-pk")


class CredentialQuerySet(models.QuerySet):
    def of(self, person: AbstractBaseUser) -> Self:
        return self.filter(person_id=person.pk)

    def current(self) -> Self:
        """Those that nothing has taken the place of: valid, expired or revoked."""
        return self.filter(superseded_at=None)

    def in_state(self, state: str) -> Self:
        """Those of which `Credential.state` is so at this moment."""
        if state == "superseded":
            return self.exclude(superseded_at=None)
        if state == "revoked":
            return self.current().exclude(revoked_at=None)
        standing = self.current().filter(revoked_at=None)
        over = Q(expires_at__lte=timezone.now())
        return standing.filter(over) if state == "expired" else standing.exclude(over)
