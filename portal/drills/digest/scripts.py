"""How the mail server of a drill answers each address, by the first word of its local part."""

from __future__ import annotations

from random import Random

#: Script → (weight, in words). `once`: at the first try; then it takes the mail.
SCRIPTS: dict[str, tuple[int, str]] = {
    "ok": (80, "takes it"),
    "busy": (5, "451 once"),
    "closing": (3, "421 once, and hangs up"),
    "nobody": (3, "550 5.1.1"),
    "cut": (3, "hangs up before its 250, once, without taking it"),
    "lost": (3, "takes it and hangs up before its 250, always"),
    "hang": (1, "says nothing, once, without taking it"),
    "refuse": (2, "550 5.2.1"),
}
REFUSED = ("nobody", "refuse")
#: Ends that nobody can tell apart from a sender's side: here a second copy may leave without any kill.
BREAKS = ("cut", "lost", "hang")


def address(script: str, number: int) -> str:
    return f"{script}-{number}@drill.example.org"


def script_of(address: str) -> str:
    return address.partition("-")[0]


def draw(chance: Random, number: int) -> list[str]:
    weights = [weight for weight, _words in SCRIPTS.values()]
    return [address(script, n) for n, script in enumerate(chance.choices(list(SCRIPTS), weights, k=number))]
