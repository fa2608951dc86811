"""What the editor of any content sees beside its fields."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class ContentChecksPanel(Panel):
    """Read-only: what is still wanting in the draft as it was last saved, each leading to its field."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("What is still wanting"), "icon": "clipboard-list", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/content_checks_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from home.desk.content_checks import findings_of

            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"findings": findings_of([self.instance]).get(self.instance.pk, [])}


class ReviewDatePanel(Panel):
    """Read-only: by when somebody is to look at the page again, and the way to say that it is still right."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Staying up to date"), "icon": "history", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/review_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.instance.live)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from home.models import PageReview

            context: dict[str, Any] = super().get_context_data(parent_context)
            review = PageReview.objects.select_related("reviewed_by").filter(page=self.instance.pk).first()
            return context | {"page": self.instance, "review": review}
