"""What stays of the work that Wagtail, Django and the floors below keep, and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.privacy import registry
from accounts.privacy.traces import erase_traces

SITES_WORK = _("It is part of the site and other people use it. It does not say any more who added it.")
HISTORY = _("The history of a page shows that it was changed and when, and not by whom any more.")
LOG = _("The log is how mistakes and misuse are found. It keeps a number in place of your name.")


def register() -> None:
    for link in ("home.CustomImage", "wagtailimages.Image", "wagtaildocs.Document"):
        registry.keep(f"{link}.uploaded_by_user", reason=SITES_WORK, fields=("title", "created_at"))
    registry.keep("wagtailcore.UploadedFile.uploaded_by_user", reason=SITES_WORK, fields=("for_content_type",))
    registry.keep("wagtailcore.Page.owner", reason=SITES_WORK, fields=("title", "live", "first_published_at"))
    registry.keep(
        "home.PageReview.reviewed_by",
        reason=_("That the page was said to be right is part of the site. It does not say any more who said it."),
        fields=("review_by", "reviewed_at"),
    )
    registry.keep("wagtailcore.Page.locked_by", reason=_("The pages are unlocked."), fields=("title", "locked_at"))
    registry.keep("wagtailcore.Revision.user", reason=HISTORY, fields=("object_str", "created_at"))
    registry.keep("wagtailcore.WorkflowState.requested_by", reason=HISTORY, fields=("status", "created_at"))
    registry.keep("wagtailcore.TaskState.finished_by", reason=HISTORY, fields=("status", "comment", "finished_at"))
    registry.keep(
        "wagtailcore.Comment.resolved_by",
        reason=_("It is another person's comment; it does not say any more who resolved it."),
        fields=("resolved_at",),
    )
    for link in ("wagtailcore.ModelLogEntry.user", "wagtailcore.PageLogEntry.user"):
        registry.keep(link, reason=LOG, fields=("label", "action", "timestamp"))
    registry.hide("mfa.Authenticator", "data")
    registry.before_erasing("accounts.traces", erase_traces)
