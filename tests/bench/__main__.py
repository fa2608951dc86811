"""`python -m tests.bench pages [--rows 1000,100000]`: measured on a scratch database, which is removed afterwards.

`python -m tests.bench transcode`: what encoding one minute costs beside ffmpeg by hand.
`python -m tests.bench moulds`: digests rendered each second, from nothing and with moulds.

`python -m tests.bench progress`: how soon beats of players are answered, and what “My learning” costs.
`python -m tests.bench digest [--mails 1000]`: rendered digests a second beside a bare smtplib loop, and memory.
`python -m tests.bench digest --rows 1000000`: making that many due digests, and claiming one of them.

`python -m tests.bench lighthouse [--rounds 3]`: Lighthouse's marks on the production settings; needs Node and Chromium.

Without DATABASE_URL the first form runs on SQLite. `--rows` needs PostgreSQL: DATABASE_URL names a server where a
database can be created; by default the one on this machine.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console

DATABASE = "portal_bench"


def main() -> int:
    options = _options()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        url = options.database_url or ("postgres://postgres@127.0.0.1:5432/postgres" if options.rows else "")
        os.environ |= {
            "PORTAL_DATA_DIR": str(Path(folder)),
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{DATABASE}" if url else "",
            "BASE_URL": "http://localhost:8000",
        }
        if options.what == "lighthouse":
            return _look(console, options, Path(folder))
        if not url:
            return _measure(console, options)
        from tests.bench.database import scratch_database

        with scratch_database(url, DATABASE):
            return _measure(console, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("what", choices=["pages", "transcode", "progress", "moulds", "digest", "lighthouse"])
    parser.add_argument("--mails", type=int, default=3000, help="digests of one measurement of `digest`")
    parser.add_argument("--most", type=int, default=10_000, help="digests before memory is read again by `digest`")
    parser.add_argument("--rows", type=lambda text: [int(part) for part in text.split(",")], default=[])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="of every page in every round")
    parser.add_argument("--port", type=int, help="a free one by default")
    parser.add_argument("--database-url", default=os.environ.get("DATABASE_URL", ""))
    return parser.parse_args()


def _measure(console: Console, options: argparse.Namespace) -> int:
    import django

    django.setup()
    if options.what == "transcode":
        return _encode(console, options)
    if options.what == "progress":
        return _watch(console, options)
    if options.what == "digest":
        return _digest(console, options)
    _load_samples(console)
    if options.what == "moulds":
        return _render(console)
    if options.rows:
        from tests.bench import growth

        return growth.measure(console, sizes=options.rows, seconds=options.seconds, port=options.port)
    from tests.bench import pages

    result = pages.measure(console, rounds=options.rounds, seconds=options.seconds, port=options.port)
    missed = pages.verdict(result)
    console.print(f"Below its goal: {', '.join(missed)}" if missed else "All goals reached.")
    return 0


def _look(console: Console, options: argparse.Namespace, folder: Path) -> int:
    """The settings are production's, so they are chosen before Django is set up."""
    from tests.bench import lighthouse
    from tests.bench.server import free_port

    port = options.port or free_port()
    os.environ |= lighthouse.environment(folder, port)
    _load_samples(console)
    missed = lighthouse.measure(console, rounds=options.rounds, port=port)
    console.print(f"Below its goal: {'; '.join(missed)}" if missed else "All goals reached.")
    return 0


def _load_samples(console: Console) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    from tests.bench.community import samples

    console.print("Making a scratch database with the sample community, without its videos …")
    call_command("migrate", verbosity=0)
    for _title, load in samples():
        load()


def _render(console: Console) -> int:
    from tests.bench import moulds

    missed = moulds.measure(console)
    moulds.choosing(console)
    console.print(f"Below its goal: {', '.join(missed)}" if missed else "All goals reached.")
    return 0


def _encode(console: Console, options: argparse.Namespace) -> int:
    from django.core.management import call_command

    from tests.bench import transcode

    call_command("migrate", verbosity=0)
    missed = transcode.measure(console, rounds=options.rounds)
    console.print(f"Below its goal: {', '.join(missed)}" if missed else "All goals reached.")
    return 0


def _watch(console: Console, options: argparse.Namespace) -> int:
    from django.core.management import call_command

    from tests.bench import progress

    call_command("migrate", verbosity=0)
    missed = progress.measure(console, folder=Path(os.environ["PORTAL_DATA_DIR"]), seconds=options.seconds)
    console.print(f"Below its goal: {', '.join(missed)}" if missed else "All goals reached.")
    return 0


def _digest(console: Console, options: argparse.Namespace) -> int:
    """With `--rows`, rows are made on PostgreSQL; without, digests are sent."""
    from django.core.management import call_command

    from portal.drills.digest.people import write_an_article
    from tests.bench import digest_mails, digest_rows

    call_command("migrate", verbosity=0)
    write_an_article()
    if options.rows:
        missed = [name for size in options.rows[-1:] for name in digest_rows.measure(console, size)]
    else:
        missed = digest_mails.measure(console, options.mails, options.rounds, options.most)
    console.print(f"Below its goal: {', '.join(missed)}" if missed else "All goals reached.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
