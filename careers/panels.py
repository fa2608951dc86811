"""What the editor of a path sees beside its fields."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class PathReviewPanel(Panel):
    """Read-only: the linter's findings, and what publishing would mean for those who follow the path.

    `path-review.js` asks again whenever the draft has been saved by itself.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "careers/admin/path_review_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from careers.paths.review import review

            context: dict[str, Any] = super().get_context_data(parent_context)
            address = reverse("careers_path_review", args=[self.instance.pk])
            return context | {"review": review(self.instance), "review_url": address}
