"""Certificates, and people who have earned one."""

from __future__ import annotations

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from careers.actions import enrol, mark_done
from careers.credentials.codes import make_code
from careers.models import Completion, Credential, LearningHours
from home.models import ContentKind
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory

ACHIEVEMENT = "urn:uuid:00000000-0000-4000-8000-000000000001"


class CredentialFactory(DjangoModelFactory):
    """A certificate for a page that is gone by now; nothing but the row is made."""

    code = factory.LazyFunction(make_code)
    person = factory.SubFactory(PersonFactory)
    kind = ContentKind.PATH
    name = factory.SelfAttribute("person.name")
    title = factory.Sequence(lambda n: f"Path {n}")
    completed_at = factory.LazyFunction(timezone.now)
    evidence = factory.LazyFunction(lambda: {"achievement": ACHIEVEMENT, "about": "", "address": "", "steps": []})

    class Meta:
        model = Credential


class LearningHoursFactory(DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    title = factory.Sequence(lambda n: f"Article {n}")
    kind = ContentKind.ARTICLE
    areas = factory.LazyFunction(lambda: ["Training"])
    minutes = 30
    how = Completion.How.MARKED
    completed_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = LearningHours


def finished_path(person: Any, *, title: str = "Know your market", steps: int = 2) -> Any:
    """A path that the person has finished."""
    articles = ArticlePageFactory.create_batch(steps)
    path = LearningPathPageFactory(title=title, stages=[articles])
    enrol(person=person, path=path)
    for article in articles:
        mark_done(person=person, page=article)
    return path


def certificate_of(person: Any, **fields: Any) -> Credential:
    """The certificate for a path that the person has just finished."""
    path = finished_path(person, **fields)
    return Credential.objects.get(person=person, page=path.pk)
