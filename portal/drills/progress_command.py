"""`manage.py drill progress`: its arguments."""

from __future__ import annotations

from argparse import ArgumentParser

HELP = "What viewers have played, and a web server that dies meanwhile."
MODULE = "portal.drills.progress"
LEAST = {"viewers": 1, "restarts": 0, "patience": 1}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--viewers", type=int, default=200, help="How many people watch (200).")
    parser.add_argument("--restarts", type=int, default=5, help="How often the web server is killed (5).")
    parser.add_argument("--patience", type=int, default=600, help="Seconds until every beat is answered (600).")
