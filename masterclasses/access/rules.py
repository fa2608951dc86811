"""Who may watch a video: whoever may see a page that shows it (`home.admission`)."""

from __future__ import annotations

from wagtail.models import Page

from home.admission import Needs, Rule, admitted, needs_of, rule_of_pages

__all__ = ["Needs", "Rule", "admitted", "needs_of", "rule_of_pages", "rule_of_video"]


def rule_of_video(pk: int) -> Rule:
    """The rule of a video: that of every published page that shows it, as its part or its trailer."""
    live = Page.objects.live()
    shown = live.filter(contentpage__partpage__video=pk), live.filter(contentpage__masterclasspage__trailer=pk)
    return rule_of_pages(page for pages in shown for page in pages)
