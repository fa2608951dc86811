"""What one minute of 1080p costs: the pipeline, with two workers, beside ffmpeg commands written by hand.

The workers are processes that have started and wait, as a portal's do, on real rows, with probing, verification and
the sandbox; only Celery's message is missing, which takes milliseconds. Every round does all three, in turn.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from masterclasses.transcoding.ladder import Plan

WORKERS = 2
GOALS = {"one command": 1.15, "one for each rung": 0.75, "first playable": 0.35}


@dataclass
class Figures:
    """Seconds of each round; `memory` is the most that all processes of the workers held at once, in bytes."""

    ours: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    one_command: list[float] = field(default_factory=list)
    one_for_each: list[float] = field(default_factory=list)
    cpu: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    memory: int = 0

    def ratios(self) -> dict[str, float]:
        ours = median(self.ours)
        return {
            "one command": ours / median(self.one_command),
            "one for each rung": ours / median(self.one_for_each),
            "first playable": median(first / whole for first, whole in zip(self.first, self.ours, strict=True)),
        }


def measure(console: Console, *, rounds: int) -> list[str]:
    """Print the figures and return the goals that were missed."""
    from masterclasses.transcoding.ffmpeg import find_ffmpeg
    from tests.bench import by_hand

    figures, ffmpeg = Figures(), find_ffmpeg()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as scratch:
        folder = Path(scratch)
        source = clip(ffmpeg.path, folder / "clip.mp4")
        for turn in range(rounds):
            plan = pipeline(source, folder, figures)
            for name, commands, times in (
                ("one command", by_hand.one_command, figures.one_command),
                ("one for each rung", by_hand.one_for_each, figures.one_for_each),
            ):
                with tempfile.TemporaryDirectory(dir=folder) as empty:
                    began, used = time.monotonic(), cpu_of_children()
                    by_hand.run(commands(ffmpeg.path, source, plan), Path(empty))
                    times.append(time.monotonic() - began)
                    figures.cpu[name].append(cpu_of_children() - used)
            console.print(f"round {turn + 1} of {rounds}", style="dim")
    show(console, figures, ffmpeg.version)
    return [name for name, ratio in figures.ratios().items() if ratio > GOALS[name]]


def clip(ffmpeg: str, path: Path) -> Path:
    """A minute of 1080p with motion, grain and sound."""
    picture = ["-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=30:duration=60,noise=alls=6:allf=t"]
    tone = ["-f", "lavfi", "-i", "aevalsrc='0.2*sin(440*2*PI*t)+0.05*random(0)':duration=60", "-c:a", "aac"]
    x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "23", "-g", "60", "-pix_fmt", "yuv420p"]
    subprocess.run([ffmpeg, "-v", "error", "-y", *picture, *tone, *x264, str(path)], check=True)
    return path


def pipeline(source: Path, folder: Path, figures: Figures) -> Plan:
    """One encode from its row to the last publication."""
    from django.core.files import File

    from masterclasses.actions import add_video
    from masterclasses.models import Transcode
    from masterclasses.transcoding.ladder import Plan

    with workers(folder) as pids, source.open("rb") as stream, watched(pids, figures):
        transcode = add_video(title="Clip", file=File(stream, "clip.mp4")).transcodes.get()
        began, first = time.monotonic(), 0.0
        while transcode.status not in {"done", "failed"}:
            time.sleep(0.05)
            transcode = Transcode.objects.get(pk=transcode.pk)
            if transcode.watchable_at and not first:
                first = time.monotonic() - began
        figures.ours.append(time.monotonic() - began)
        figures.first.append(first)
    if transcode.status != "done":
        raise RuntimeError(transcode.reason)
    return Plan.from_json(transcode.plan)


@contextmanager
def workers(folder: Path) -> Iterator[list[int]]:
    """Processes that have started and wait for work."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        stop = Path(name) / "stop"
        command = [sys.executable, "-m", "tests.bench.worker", str(stop)]
        started = [subprocess.Popen(command) for _number in range(WORKERS)]
        while len(list(Path(name).glob("ready-*"))) < WORKERS:
            time.sleep(0.1)
        try:
            yield [process.pid for process in started]
        finally:
            stop.touch()
            for process in started:
                process.wait(60)


def cpu_of_children() -> float:
    """Seconds of processor time that ended processes have used, with all that they started."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def watched(pids: list[int], figures: Figures) -> Iterator[None]:
    """Note the most memory that the processes and their descendants have at once, and the time of all of them.

    They are looked at five times a second, for a process in a namespace of its own is waited for by nobody.
    """
    over, seen = threading.Event(), {pid: cpu_of(pid) for pid in pids}
    before = sum(seen.values())

    def look() -> None:
        while not over.wait(0.2):
            alive = family(pids)
            figures.memory = max(figures.memory, sum(memory for memory, _seconds in alive.values()))
            seen.update({pid: seconds for pid, (_memory, seconds) in alive.items()})

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        figures.cpu["ours"].append(sum(seen.values()) - before)


def family(roots: list[int]) -> dict[int, tuple[int, float]]:
    """Resident bytes and seconds of processor time, by id, of processes and all their descendants (Linux)."""
    parents, facts = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid, seconds = int(stat.parent.name), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        parents[pid], facts[pid] = int(fields[1]), (int(fields[21]) * os.sysconf("SC_PAGE_SIZE"), seconds)
    wanted = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in wanted} - wanted:
        wanted |= more
    return {pid: facts[pid] for pid in wanted if pid in facts}


def show(console: Console, figures: Figures, version: str) -> None:
    from masterclasses.transcoding.sandbox import level

    title = f"60 s of 1080p; ffmpeg {version}, {level()}, {os.cpu_count()} processors, {WORKERS} workers"
    table = Table(title=title)
    for heading in ("", "seconds", "of CPU", "ours beside it", "goal"):
        table.add_column(heading, justify="right" if heading else "left")
    ratios = figures.ratios()
    table.add_row("the pipeline", f"{median(figures.ours):.1f}", f"{median(figures.cpu['ours']):.1f}", "", "")
    for name, times in (("one command", figures.one_command), ("one for each rung", figures.one_for_each)):
        used = f"{median(figures.cpu[name]):.1f}"
        table.add_row(name, f"{median(times):.1f}", used, f"{ratios[name]:.2f}", f"≤ {GOALS[name]}")
    share, goal = ratios["first playable"], GOALS["first playable"]
    table.add_row("first playable", f"{median(figures.first):.1f}", "", f"{share:.2f} of it", f"≤ {goal}")
    table.add_row("peak memory", f"{figures.memory / 1024**2:.0f} MiB", "", "", "")
    console.print(table)
