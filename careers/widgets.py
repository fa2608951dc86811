"""Fields of the editor that Wagtail has none for."""

from __future__ import annotations

from django import forms


class StagesAbove(forms.HiddenInput):
    """A list of stage keys, ticked among the stages above (`stages-above.js`), whether those are saved yet or not."""

    template_name = "careers/admin/stages_above.html"

    @property
    def is_hidden(self) -> bool:
        """It is shown: only what it sends is hidden."""
        return False
