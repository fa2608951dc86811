from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from digests.editions.actions import Said
from digests.models import Delivery, Edition, Run, Subscriber
from digests.viewsets import DigestsViewSetGroup
from home.permissions import OnlyThese

register_permission_policy(Subscriber, OnlyThese(Subscriber, "view", "delete"), exact_class=True)
register_permission_policy(Edition, OnlyThese(Edition, "view", "change"), exact_class=True)
register_permission_policy(Delivery, OnlyThese(Delivery, "view"), exact_class=True)
register_permission_policy(Run, OnlyThese(Run, "view"), exact_class=True)


@hooks.register("register_admin_viewset")
def digests_viewsets() -> DigestsViewSetGroup:
    return DigestsViewSetGroup()


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(Said.NOTE, _("Note"), _("Note written"))
    actions.register_action(Said.ITEM, _("Pin or leave out"), _("A page pinned, left out or taken back"))
    actions.register_action(Said.PLACE, _("Move"), _("A page moved to another place"))
    actions.register_action(Said.APPROVED, _("Approve"), _("Approved"))
