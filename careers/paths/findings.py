"""What the path linter says, and where in the editor it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Wagtail's id of the panel that holds all stages.
STAGES_ANCHOR = "panel-child-content-stages-section"


class Severity(models.TextChoices):
    ERROR = "error", _("Repair this")
    WARNING = "warning", _("Look at this")


@dataclass(frozen=True)
class Finding:
    """`stage` and `step` count from 0, in the order of the editor; None where a finding is of the whole.

    `refuses`: such a path is not published.
    """

    code: str
    severity: Severity
    sentence: str
    stage: int | None = None
    step: int | None = None
    field: str = ""
    refuses: bool = False

    @property
    def anchor(self) -> str:
        """The id, in the page editor, of what the finding is about."""
        if self.stage is None:
            return STAGES_ANCHOR
        stage = f"inline_child_stages-{self.stage}"
        return stage if self.step is None else f"{stage}-steps-{self.step}"


def error(code: str, sentence: str, **where: Any) -> Finding:
    return Finding(code, Severity.ERROR, sentence, **where)


def warning(code: str, sentence: str, **where: Any) -> Finding:
    return Finding(code, Severity.WARNING, sentence, **where)
