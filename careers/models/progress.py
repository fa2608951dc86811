"""What a practitioner has begun and done. Done once is done everywhere: completion belongs to (person, page)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.querysets import CompletionQuerySet, EnrolmentQuerySet


class Enrolment(models.Model):
    """A person follows a path. `finished_at` stays when the path changes; only the person takes it back."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    path = models.ForeignKey("careers.LearningPathPage", on_delete=models.CASCADE, related_name="enrolments")
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        permissions = (
            ("see_path_reports", _("Can see how many people follow and finish learning paths")),
            ("see_persons_progress", _("May see a person's progress")),
        )
        constraints = (models.UniqueConstraint(fields=("person", "path"), name="one_enrolment_per_person_and_path"),)

    def __str__(self) -> str:
        return f"{self.person} → {self.path}"


class Completion(models.Model):
    """A person has completed a page; it is only ever taken back by that person."""

    class How(models.TextChoices):
        MARKED = "marked", _("Marked as done")
        READ = "read", _("Read to the end")
        WATCHED = "watched", _("Watched")
        PARTS = "parts", _("All parts done")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="completions")
    page = models.ForeignKey("home.ContentPage", on_delete=models.CASCADE, related_name="completions")
    how = models.CharField(_("how"), max_length=10, choices=How.choices, default=How.MARKED)
    completed_at = models.DateTimeField(_("completed"), default=timezone.now)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = (models.UniqueConstraint(fields=("person", "page"), name="one_completion_per_person_and_page"),)
        indexes = (models.Index(fields=("person", "-completed_at"), name="completions_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.person} ✓ {self.page}"


class Withdrawal(models.Model):
    """A person took a completion back: what was read or watched before `taken_back_at` completes the page no more.

    One row for each person and page, gone as soon as the page is complete again: by the person's own word, or because
    the ledger from then on says so.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="withdrawals")
    page = models.ForeignKey("home.ContentPage", on_delete=models.CASCADE, related_name="withdrawals")
    taken_back_at = models.DateTimeField(_("taken back"), default=timezone.now)

    class Meta:
        verbose_name = _("completion taken back")
        verbose_name_plural = _("completions taken back")
        constraints = (models.UniqueConstraint(fields=("person", "page"), name="one_withdrawal_per_person_and_page"),)

    def __str__(self) -> str:
        return f"{self.person} ✗ {self.page}"
