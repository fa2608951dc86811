"""What stays of a reader's words when they go."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.privacy import registry


def register() -> None:
    registry.keep(
        "careers.Feedback.person",
        reason=_("What you said of a page helps to make it better. It does not say any more who said it."),
        fields=("page", "helpful", "sentence", "created_at", "answer", "answered_at", "resolved_at"),
    )
    for column in ("answered_by", "resolved_by"):
        reason = _("It is another person's question; it does not say any more who looked after it.")
        registry.keep(f"careers.Feedback.{column}", reason=reason, fields=("page", "answer", f"{column[:-3]}_at"))
    registry.hide("careers.WeeklyPlan", "feed_key")
    registry.keep(
        "careers.WordPressImport.by",
        reason=_("What was taken over from another site stays; it does not say any more who did it."),
        fields=("name", "created_at"),
    )
