"""The table of settings, as docs/operators/settings.md prints it."""

from __future__ import annotations

from portal.environment import VARIABLES, Variable


def markdown() -> str:
    """Return the table as docs/operators/settings.md prints it."""
    rows = [
        f"| `{variable.name}` | {_form_in_words(variable)} | {_default_in_words(variable)} | {variable.meaning} |"
        for variable in VARIABLES
    ]
    return "\n".join([*_HEAD, *rows, ""])


_HEAD = (
    "# Settings",
    "",
    "Every setting is an environment variable. A value that cannot be used is refused at start, with a sentence that",
    "says what to set. This page is printed by",
    "`uv run python -m portal.environment_page > docs/operators/settings.md`.",
    "",
    "| Variable | Form | Default | Meaning |",
    "|---|---|---|---|",
)


def _form_in_words(variable: Variable) -> str:
    return variable.form.__name__.replace("_", " ")


def _default_in_words(variable: Variable) -> str:
    default = f"`{variable.default}`" if variable.default else "empty"
    return f"{default}; production: **required**" if variable.required_in_production else default


if __name__ == "__main__":
    print(markdown(), end="")
