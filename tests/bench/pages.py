"""Requests per second of the public pages, beside a view that returns a constant on the same server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.bench import load
from tests.bench.server import THREADS, Server, free_port, serving

#: A parameter that no page reads: the page cache answers such an address, but never stores it.
UNCACHED = "bench=1"
CONSTANT = f"/bench/constant/?{UNCACHED}"
MEANING = """cached: the whole page is kept
uncached: without that, but its shell, head and main part are kept until the next publication (ADR 11)
from nothing: neither, as at the first visit after a publication"""
#: By page: requests per second, and ms of CPU for each request.
Rates = dict[str, tuple[float, float]]


def addresses() -> dict[str, str]:
    """The pages measured, by name; an article with a cover, and a part of a masterclass."""
    from careers.models import ArticlePage, LearningPathPage, LibraryPage
    from masterclasses.models import PartPage

    article = ArticlePage.objects.live().filter(cover__isnull=False).first() or ArticlePage.objects.live().first()
    found = {
        "home": "/",
        "library": LibraryPage.objects.live().order_by("pk").first(),
        "article": article,
    }
    found["part"] = PartPage.objects.live().first()
    found["path"] = LearningPathPage.objects.live().first()
    return {name: page if isinstance(page, str) else page.url for name, page in found.items() if page}


def measure(console: Console, *, rounds: int, seconds: float, port: int | None) -> Rates:
    """Return each page's requests per second and CPU ms: medians of `rounds` that ask for every page in turn."""
    rates: dict[str, list[float]] = defaultdict(list)
    costs: dict[str, list[float]] = defaultdict(list)
    with serving(port or free_port()) as keeping, serving(free_port(), keep_seconds=0) as forgetful:
        targets = list(_targets(keeping, forgetful))
        for _name, server, path in targets:
            load.run(server.port, [path], seconds=0.5)
        for turn in range(rounds):
            for name, server, path in targets:
                before = server.cpu_seconds()
                done = load.run(server.port, [path], seconds=seconds)
                rates[name].append(done["requests"] / done["seconds"])
                costs[name].append((server.cpu_seconds() - before) / done["requests"] * 1000)
            console.print(f"round {turn + 1} of {rounds}", style="dim")
    result = {name: (median(rates[name]), median(costs[name])) for name in rates}
    _print(console, result, rounds, seconds)
    return result


def _targets(keeping: Server, forgetful: Server) -> Iterator[tuple[str, Server, str]]:
    yield "constant", keeping, CONSTANT
    for name, path in addresses().items():
        yield f"{name}, cached", keeping, path
        yield f"{name}, uncached", keeping, f"{path}?{UNCACHED}"
        yield f"{name}, from nothing", forgetful, path


def _print(console: Console, result: Rates, rounds: int, seconds: float) -> None:
    from django.db import connection

    server = f"{connection.vendor}; gunicorn gthread, 1 process, {THREADS} threads; {rounds} × {seconds} s"
    table = Table(title=f"{server}\n{MEANING}")
    for heading in ("page", "requests/s", "of the constant view", "CPU ms", "by CPU"):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    fastest, cheapest = result["constant"]
    for name, (rate, cost) in result.items():
        table.add_row(name, f"{rate:.0f}", _share(rate / fastest), f"{cost:.2f}", _share(cheapest / cost))
    console.print(table)


def _share(ratio: float) -> str:
    return f"1/{1 / ratio:.1f}" if ratio < 1 else f"{ratio:.1f}×"


def verdict(result: Rates) -> list[str]:
    """Return what misses its goal: of the constant view, a cached page 1/2, an uncached article 1/15, others 1/18."""
    rates = {name: rate for name, (rate, _cost) in result.items()}
    missed = [name for name, rate in rates.items() if name.endswith(", cached") and rate < rates["constant"] / 2]
    goals = {name: 15 if name.startswith("article") else 18 for name in rates if name.endswith(", uncached")}
    return missed + [name for name, most in goals.items() if rates[name] < rates["constant"] / most]
