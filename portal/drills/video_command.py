"""`manage.py drill video`: its arguments."""

from __future__ import annotations

from argparse import ArgumentParser

HELP = "Encodes of videos."
MODULE = "portal.drills.video"
LEAST = {"kills": 0, "videos": 1, "workers": 1, "patience": 1}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=30, help="How often something is killed (30).")
    parser.add_argument("--videos", type=int, default=4, help="How many videos are there to begin with (4).")
    parser.add_argument("--workers", type=int, default=2, help="How many workers encode (2).")
    parser.add_argument("--patience", type=int, default=600, help="Seconds to finish in after the last kill (600).")
