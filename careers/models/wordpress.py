"""Imports from WordPress: the file, what was in it, and what came of each item."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.models import LeasedRow


class WordPressImport(LeasedRow):
    """One file on its way in. It is read and looked at; then it waits, `done`, for an editor to start it.

    `areas` has an area's id for each category's slug, 0 for a tag of its own; `site` is what the file says of itself;
    `missing` says where a file was cut off.
    """

    class Phase(models.TextChoices):
        READ = "read", _("Reading the file")
        LOOK = "look", _("Looking at each item")
        LOOKED = "looked", _("Looked at: nothing is taken over yet")
        IMPORT = "import", _("Taking over")
        LINK = "link", _("Joining links")
        TAKEN = "taken", _("Taken over")

    lease_for: ClassVar[timedelta] = timedelta(minutes=3)

    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("file"), upload_to="imports/wordpress/")
    pictures = models.FileField(_("archive of uploads"), upload_to="imports/wordpress/", blank=True)
    phase = models.CharField(_("phase"), max_length=10, choices=Phase.choices, default=Phase.READ)
    site = models.JSONField(_("site"), default=dict)
    notes = models.JSONField(_("what was changed in the file"), default=list)
    missing = models.TextField(_("what the file lacks"), blank=True)
    areas = models.JSONField(_("areas of categories"), default=dict)
    default_area = models.ForeignKey(
        "home.Area",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("area of the rest"),
    )
    fetch_pictures = models.BooleanField(_("fetch pictures"), default=True)
    items_found = models.PositiveIntegerField(_("items in the file"), default=0)
    items_done = models.PositiveIntegerField(_("items done"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("started by"),
    )

    class Meta(LeasedRow.Meta):
        verbose_name = _("import from WordPress")
        verbose_name_plural = _("imports from WordPress")

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int | None:
        return self.items_done * 100 // self.items_found if self.items_found else None

    def admin_url(self) -> str:
        return reverse("wordpress_import:one", args=[self.pk])

    @property
    def is_looked_at(self) -> bool:
        return self.status == self.Status.DONE and self.phase == self.Phase.LOOKED


class WordPressItem(models.Model):
    """One `<item>` of a file: what it says, and what became of it."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("Not looked at yet")
        TAKEN = "taken", _("Taken over")
        UPDATED = "updated", _("Brought up to date")
        UNCHANGED = "unchanged", _("Unchanged since the last import")
        KEPT = "kept", _("Left as it is here")
        SKIPPED = "skipped", _("Not taken over")
        REFUSED = "refused", _("Cannot be taken over")

    batch = models.ForeignKey(WordPressImport, on_delete=models.CASCADE, related_name="items", verbose_name=_("import"))
    position = models.PositiveIntegerField(_("position"))
    rank = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(_("key"), max_length=500)
    post_id = models.CharField(max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=255)
    payload = models.JSONField(default=dict)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, default=Verdict.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    notes = models.JSONField(_("remarks"), default=list)
    old_links = models.JSONField(default=list)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("page")
    )
    image = models.ForeignKey(
        "home.CustomImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("image")
    )
    document = models.ForeignKey(
        "wagtaildocs.Document", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("position",)
        verbose_name = _("item of an import from WordPress")
        verbose_name_plural = _("items of imports from WordPress")
        constraints = (models.UniqueConstraint(fields=("batch", "position"), name="one_item_per_position"),)
        indexes = (
            models.Index(fields=("batch", "verdict", "rank", "position"), name="wordpress_items_next"),
            models.Index(fields=("batch", "post_id"), name="wordpress_items_by_number"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def reason(self) -> str:
        return str(self.notes[0]) if self.notes else ""


class WordPressOrigin(models.Model):
    """Where something of ours came from, so that the next import knows it. `key` is unique within a site.

    `revision` is the page's revision that the import made: when the newest is another, an editor was here. A
    fingerprint that begins with `-` is that of an item whose file was cut off before something that it names.
    """

    site = models.CharField(_("site"), max_length=255)
    key = models.CharField(_("key"), max_length=500)
    fingerprint = models.CharField(max_length=64, blank=True)
    revision = models.BigIntegerField(null=True, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("page")
    )
    image = models.ForeignKey(
        "home.CustomImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("image")
    )
    document = models.ForeignKey(
        "wagtaildocs.Document", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(
        "home.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("origin in WordPress")
        verbose_name_plural = _("origins in WordPress")
        constraints = (models.UniqueConstraint(fields=("site", "key"), name="one_origin_per_key"),)

    def __str__(self) -> str:
        return f"{self.site} {self.key}"

    @property
    def is_partial(self) -> bool:
        return self.fingerprint.startswith("-")

    @property
    def is_gone(self) -> bool:
        """Whether what was made of it has been deleted here."""
        made: tuple[Any, ...] = (self.page_id, self.image_id, self.document_id, self.person_id)
        return not any(made)
