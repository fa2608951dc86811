"""How the library, an area and a search hold as the library grows: 95 of 100 answers come within so many ms."""

from __future__ import annotations

from math import log10
from random import Random

from rich.console import Console
from rich.table import Table

from tests.bench import load
from tests.bench.pages import CONSTANT, UNCACHED
from tests.bench.rows import TAGS, VOCABULARY, grow_to, word
from tests.bench.server import free_port, serving

GOALS = {"library": 2.0, "area": 2.0, "search": 4.0}
ADDRESSES = 200


def addresses() -> dict[str, list[str]]:
    """Many addresses of each kind, as different visitors would ask for them; the same at every size."""
    from careers.models import LibraryPage
    from home.models import Area

    random = Random(1)
    library, areas = (
        LibraryPage.objects.get(locale__language_code="en-gb").url,
        list(Area.objects.all()),
    )
    filters = ["", "&kind=article", "&length=long", "&length=short", *(f"&area={area.slug}" for area in areas)]
    listings = [f"{random.choice(filters)}&page={random.randint(1, 5)}" for _ in range(ADDRESSES)]
    tagged = [f"&tag=bench-{random.randrange(TAGS)}" for _ in range(ADDRESSES // 10)]
    ranks = [int(10 ** random.uniform(1, log10(VOCABULARY))) for _ in range(ADDRESSES)]
    return {
        "library": [f"{library}?{UNCACHED}{query}" for query in [*listings, *tagged]],
        "area": [
            f"{random.choice(areas).get_absolute_url()}?{UNCACHED}&page={random.randint(1, 5)}"
            for _ in range(ADDRESSES)
        ],
        "search": [f"/search/?{UNCACHED}&q={word(rank)}" for rank in ranks] + [f"/search/?{UNCACHED}&q=planning"] * 5,
        "constant": [CONSTANT],
    }


def measure(console: Console, *, sizes: list[int], seconds: float, port: int | None) -> int:
    results: dict[int, dict[str, float]] = {}
    for size in sorted(sizes):
        console.print(f"Growing the library to {size:,} articles …")
        grow_to(size)
        results[size] = {}
        with serving(port or free_port(), keep_seconds=0) as server:  # what is kept would hide what grows
            for name, paths in addresses().items():
                load.run(server.port, paths, seconds=seconds, connections=1)
                results[size][name] = load.run(server.port, paths, seconds=seconds * 3, connections=1)["p95"]
    _print(console, results)
    return 0


def _print(console: Console, results: dict[int, dict[str, float]]) -> None:
    sizes = sorted(results)
    table = Table(title="p95 in ms, from nothing (no page, no part of one is kept), one visitor at a time (PostgreSQL)")
    table.add_column("page")
    for size in sizes:
        table.add_column(f"{size:,} rows", justify="right")
    table.add_column("ratio", justify="right")
    table.add_column("goal", justify="right")
    for name, first in results[sizes[0]].items():
        last = results[sizes[-1]][name]
        goal = f"≤ {GOALS[name]:g}×" if name in GOALS else ""
        table.add_row(name, *(f"{results[size][name]:.1f}" for size in sizes), f"{last / first:.2f}×", goal)
    console.print(table)
