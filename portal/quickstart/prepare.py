"""Database, sample community and player, each with a progress bar."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from home.actions import give_site_its_address
from portal.services import NPM_PACKAGES

NPM_SECONDS = 120
WITHOUT_NPM = "browsers without native HLS play the MP4, and an upload that is interrupted begins again."


@contextmanager
def bar(console: Console, title: str, total: int) -> Iterator[Any]:
    """Yield a function that advances the bar by one and says what is being done."""
    columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("[dim]{task.fields[now]:.60}"), console=console) as progress:
        task = progress.add_task(title, total=total, now="")
        yield lambda now="": progress.update(task, advance=1, now=now)
        progress.update(task, completed=total, now="")


def migrate(console: Console) -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    with bar(console, "Database", len(plan)) as advance:

        def progressed(action: str, migration: Any = None, fake: bool = False) -> None:
            if action == "apply_success":
                advance(f"{migration.app_label} {migration.name}")

        executor.progress_callback = progressed  # type: ignore[assignment] # the stubs ask for four arguments
        executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    call_command("migrate", verbosity=0)  # permissions, content types and groups come with its signals


def address_site(port: int) -> None:
    """Make the site's own links lead to where it is served, unless BASE_URL says otherwise."""
    if "BASE_URL" not in os.environ:
        give_site_its_address(base_url=f"http://localhost:{port}")


def load_sample(console: Console) -> None:
    from portal.sample.loader import SampleCommunity

    steps = SampleCommunity().steps()
    with bar(console, "Sample community", len(steps)) as advance:
        for title, load in steps:
            load()
            advance(title)


def install_player(console: Console) -> None:
    """hls.js and tus-js-client come from npm. Without: native HLS or the MP4, and uploads by the ordinary form."""
    if all((settings.BASE_DIR / "node_modules" / name).is_dir() for name in NPM_PACKAGES):
        return
    npm = shutil.which("npm")
    if not npm:
        console.print(f"Player: npm is not here, so {WITHOUT_NPM}")
        return
    with bar(console, "Player", 1) as advance:
        ended = subprocess.run(
            [npm, "ci", "--omit=dev", "--no-audit", "--no-fund", "--silent"],
            cwd=settings.BASE_DIR,
            capture_output=True,
            timeout=NPM_SECONDS,
            check=False,
        )
        advance("hls.js, tus-js-client")
    if ended.returncode:
        console.print(f"Player: npm could not install its scripts, so {WITHOUT_NPM}")
