"""The person who signs in: the e-mail address is the login."""

from __future__ import annotations

import unicodedata
import zoneinfo
from functools import lru_cache
from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


@lru_cache(maxsize=1)
def time_zone_names() -> frozenset[str]:
    """Return the names of the IANA time zone database; reading it walks hundreds of files, hence once."""
    return frozenset(zoneinfo.available_timezones())


def validate_time_zone(name: str) -> None:
    """Accept only names of the IANA time zone database."""
    if name not in time_zone_names():
        raise ValidationError(_("“%(name)s” is not a time zone we know."), params={"name": name})


def validate_plain_name(name: str) -> None:
    """Refuse line breaks, control characters and marks that turn the direction of a line (Unicode Cc, Cf)."""
    if any(unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} for character in name if character != "\u200d"):
        raise ValidationError(_("Please use letters, digits and punctuation only."))


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, **(fields | {"is_staff": True, "is_superuser": True}))


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True, validators=[validate_plain_name])
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/London", validators=[validate_time_zone]
    )

    #: Raised to end every other session of this person; the password's hash alone does not change with a second factor.
    session_version = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()  # type: ignore[assignment, misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message=_("Somebody already uses this e-mail address."),
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The person's time zone, or the site's when theirs has left the IANA database."""
        try:
            return zoneinfo.ZoneInfo(self.time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            return zoneinfo.ZoneInfo(timezone.get_default_timezone_name())

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What Django compares on every request, for the present secret key and for its fallbacks."""
        return salted_hmac(
            "accounts.models.User.session",
            f"{self.session_version}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
