"""What an owner sees beside the fields of the site's identity."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from home.look import contrast, owners_colour


class LookPanel(Panel):
    """Read-only: how well everything can be read with the colour that is saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/look_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            base, as_it_stands = self.instance.base, owners_colour.as_it_stands(self.instance.colour)
            return context | {
                "readings": list(contrast.readings(base=base)),
                "hue": round(base),
                "as_it_stands": as_it_stands,
                "was_tamed": as_it_stands is not None and as_it_stands < contrast.WORDS,
            }
