"""What anybody, a superuser included, may do in the admin: ledgers are for reading."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies.base import ModelPermissionPolicy


class OnlyThese(ModelPermissionPolicy):
    """Django's model permissions, of which only some are to be had."""

    def __init__(self, model: type, *actions: str) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and bool(super().user_has_permission(user, action))

    def users_with_any_permission(self, actions: list[str]) -> Any:
        return super().users_with_any_permission([action for action in actions if action in self.actions])
