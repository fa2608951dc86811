"""What happens when a second factor comes, goes or is renewed, and when a person goes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.actions import end_other_sessions
from accounts.models import User
from accounts.privacy.erasing import forget


@receiver([authenticator_added, authenticator_removed, authenticator_reset], dispatch_uid="end-other-sessions")
def on_second_factor_change(request: HttpRequest, user: User, **_signal: Any) -> None:
    end_other_sessions(request=request, user=user)


@receiver(pre_delete, sender=User, dispatch_uid="forget-person")
def on_deletion(instance: User, **_signal: Any) -> None:
    """Whoever deletes the account, by whatever door."""
    forget(instance)
