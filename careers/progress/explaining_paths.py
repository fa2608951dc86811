"""Why a path is not complete: from the measure that draws its ring."""

from __future__ import annotations

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.progress.measuring import PathProgress, StageProgress


def explain_progress(progress: PathProgress) -> str:
    """Say how many steps are done, which is next, and what opens a stage that is locked."""
    if not progress.total:
        return _("This path has no required steps yet.")
    sentences = [_steps_done(progress)]
    if progress.next_step:
        sentences.append(_("Next: “%(title)s”.") % {"title": progress.next_step.page.title})
    sentences += [_what_opens(state) for state in progress.stages if state.locked and not state.passed]
    return " ".join(sentences)


def _what_opens(state: StageProgress) -> str:
    waits_for = get_text_list([_("“%(title)s”") % {"title": first.title} for first in state.waits_for], _("and"))
    return _("The stage “%(stage)s” opens when %(others)s is done.") % {"stage": state.stage.title, "others": waits_for}


def _steps_done(progress: PathProgress) -> str:
    if progress.finished and progress.new_steps:
        new = progress.new_steps
        return ngettext(
            "You finished it; %(count)d new step came later.", "You finished it; %(count)d new steps came later.", new
        ) % {"count": new}
    if progress.finished:
        return _("All required steps are done.")
    return ngettext("%(done)d of %(total)d step is done.", "%(done)d of %(total)d steps are done.", progress.total) % {
        "done": progress.done,
        "total": progress.total,
    }
