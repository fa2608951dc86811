from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy

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
