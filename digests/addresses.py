"""Which e-mail addresses we take, and when two of them are the same."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

#: RFC 5321, 4.5.3.1: octets of a local part and of a path without its brackets.
LONGEST_LOCAL_PART = 64
LONGEST_ADDRESS = 254

WRONG = _("Enter an e-mail address such as name@example.org.")
_validate = EmailValidator(message=WRONG, allowlist=[])


@dataclass(frozen=True)
class Address:
    """`email` is what mail is sent to; `key` is equal for addresses that count as one."""

    email: str
    key: str


def parse(text: str) -> Address:
    """Return the address in `text`, its domain in the DNS's own form (RFC 5891, `xn--…`).

    Stricter than RFC 5321, for mail servers take no more than this: no quoted local part, no IP literal, no letter
    outside ASCII before the @. The local part keeps its capitals but is compared without them. Raises
    ValidationError.
    """
    if any(unicodedata.category(character).startswith("C") for character in text):
        raise ValidationError(_("The address holds a character that cannot be seen. Please type it again."))
    local, at, domain = text.strip(" ").rpartition("@")
    if not at:
        raise ValidationError(WRONG)
    _check_local_part(local)
    domain = _ascii_domain(domain)
    email = f"{local}@{domain}"
    if len(email) > LONGEST_ADDRESS:
        raise ValidationError(_("The address is longer than an e-mail address can be."))
    _validate(email)
    return Address(email, f"{local.lower()}@{domain}")


def _check_local_part(local: str) -> None:
    if not local.isascii():
        raise ValidationError(_("Please use an address with plain letters before the @: our mail cannot reach others."))
    if '"' in local:
        raise ValidationError(_("Please use an address without quotation marks."))
    if len(local) > LONGEST_LOCAL_PART:
        raise ValidationError(_("The part before the @ is longer than it can be."))


def _ascii_domain(domain: str) -> str:
    if "[" in domain or domain.replace(".", "").isdigit():
        raise ValidationError(_("Please use an address with a name after the @, not a number."))
    try:
        return domain.casefold().encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise ValidationError(WRONG) from error
