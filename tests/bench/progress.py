"""Beats of players: how many a second, and how soon each is answered, from 1, 10 and 50 viewers at once."""

from __future__ import annotations

import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import beats, my_learning

VIEWERS = (1, 10, 50)
PACE = 50  # beats per second altogether: 500 people who watch
GOAL = 25.0  # ms, the p95 at that pace


def measure(console: Console, *, folder: Path, seconds: float) -> list[str]:
    """Print the figures and return what misses its goal."""
    from django.db import connection

    from masterclasses.watching import sessions
    from portal.drills.audience import make_part, make_seats
    from portal.drills.web import WebServer

    part, began, missed = make_part(), time.time() - beats.AGO - 60, []
    rows = make_seats(max(VIEWERS))
    seats = [(row.headers, sessions.begin(person=row.person, part=part.pk, now=began)) for row in rows]
    path, server = f"/watch/beats/{part.pk}/", WebServer(folder / "web.log")
    table = Table(title=f"{connection.vendor}; gunicorn as in a deployment; {seconds} s each")
    for heading in ("viewers", "beats/s", "p95 ms", f"median ms at {PACE}/s", f"p95 ms at {PACE}/s", "goal"):
        table.add_column(heading, justify="right")
    server.start()
    try:
        beats.run(server.port, path, seats, seconds=2)  # every process has been asked once
        for number in VIEWERS:
            fast = beats.run(server.port, path, seats[:number], seconds=seconds)
            calm = beats.run(server.port, path, seats[:number], seconds=seconds, pace=PACE)
            rate = f"{fast['beats'] / fast['seconds']:.0f}"
            figures = (f"{fast['p95']:.1f}", f"{calm['median']:.1f}", f"{calm['p95']:.1f}")
            table.add_row(str(number), rate, *figures, f"≤ {GOAL:g}")
            if calm["p95"] > GOAL:
                missed.append(f"p95 with {number} viewers")
    finally:
        server.kill()
    console.print(table)
    found = my_learning.measure()
    queries = f"{found['queries']:.0f} queries (goal ≤ {my_learning.MOST_QUERIES}), median {found['ms']:.0f} ms"
    console.print(f"My learning with {my_learning.PATHS} paths and {my_learning.COMPLETIONS} completions: {queries}.")
    return missed + (["My learning"] if found["queries"] > my_learning.MOST_QUERIES else [])
