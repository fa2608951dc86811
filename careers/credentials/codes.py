"""Codes of certificates: short enough to type, too many to guess (30 letters in ten places, 49 bits)."""

from __future__ import annotations

import re
import secrets

#: Without 0, 1, I, L, O and U: no two are mistaken for one another, and no word is spelt by accident.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
FORM = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


def make_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str | None:
    """Return the code that somebody typed, in any case and with any hyphens; None if it cannot be one."""
    code = re.sub(r"[\s-]", "", text).upper()
    return code if FORM.fullmatch(code) else None
