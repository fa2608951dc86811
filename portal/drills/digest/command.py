"""`manage.py drill digest`: its arguments."""

from __future__ import annotations

from argparse import ArgumentParser

HELP = "Digests to a mail server that misbehaves."
MODULE = "portal.drills.digest.drill"
LEAST = {"recipients": 1, "kills": 0, "terms": 0, "patience": 1}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--recipients", type=int, default=2000, help="To how many people each part sends (2000).")
    parser.add_argument("--kills", type=int, default=30, help="How often senders are killed (30).")
    parser.add_argument("--terms", type=int, default=20, help="How often they are stopped in good order (20).")
    parser.add_argument("--patience", type=int, default=300, help="Seconds in which something must move (300).")
