"""Accounts in Wagtail's log."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.privacy.looks import LOOKED


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(LOOKED, _("Look at progress"), _("Looked at the person's progress"))
