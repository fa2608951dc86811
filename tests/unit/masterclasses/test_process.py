import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from masterclasses.transcoding import sandbox
from masterclasses.transcoding.cage import Limits
from masterclasses.transcoding.causes import CRASHED, HANGING, NO_ENCODER, TOO_LARGE, TOO_SLOW, EncodeFailed
from masterclasses.transcoding.patience import Patience, Watch, seconds_in
from masterclasses.transcoding.process import run_ffmpeg
from tests.architecture.source import ROOT
from tests.processes import eventually


@pytest.fixture(params=[sandbox.RLIMITS, *([sandbox.BUBBLEWRAP] if sandbox.bubblewrap() else [])], autouse=True)
def level(request, monkeypatch):
    """Everything holds with walls around the program, where this machine can have them, and without."""
    if request.param == sandbox.RLIMITS:
        monkeypatch.setattr(sandbox, "bubblewrap", lambda: "")
    assert sandbox.level() == request.param
    return request.param


def run(tmp_path, program, *, patience=None, limits=None, progress=None):
    return run_ffmpeg(
        [sys.executable, "-c", program],
        folder=tmp_path,
        limits=limits or Limits(memory=1 << 30, file_size=1 << 20, nice=0),
        patience=patience or Patience(whole=30),
        seconds_total=10,
        progress=progress or (lambda seconds: None),
        reads=sandbox.interpreter(),
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("out_time_us=2560000", 2.56),
        ("out_time_ms=2560000\n", 2.56),
        ("out_time_us=N/A", None),
        ("out_time_us=-21333", 0),
        ("out_time=00:00:02.560000", None),
        ("progress=end", None),
    ],
)
def test_progress_is_read_in_seconds(line, expected):
    assert seconds_in(line) == expected


def test_pictures_are_counted_where_a_piece_begins_midway():
    watch = Watch(Patience(whole=10), 10, fps=25)
    watch.read("frame=50\nout_time_us=90000000\nframe=N/A\n")
    assert watch.seconds_done == 2


def test_lines_that_come_in_pieces_are_joined():
    watch = Watch(Patience(whole=10), 10)
    watch.read("out_time_us=1000")
    watch.read("000\nout_time_us=15")
    assert watch.seconds_done == 1
    watch.read("00000\n")
    assert watch.seconds_done == 1.5


def test_progress_reaches_the_listener(tmp_path):
    seen = []
    run(tmp_path, "print('out_time_us=4000000', flush=True)", progress=seen.append)
    assert 4 in seen


def test_a_crash_is_told_as_one(tmp_path):
    with pytest.raises(EncodeFailed, match=str(CRASHED)):
        run(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")


def test_a_program_that_stands_still_is_stopped(tmp_path):
    began = time.monotonic()
    with pytest.raises(EncodeFailed, match=str(HANGING)):
        run(tmp_path, "import time; time.sleep(60)", patience=Patience(whole=30, still=0.5))
    assert time.monotonic() - began < 10


def test_a_program_that_takes_for_ever_is_stopped_even_if_it_moves(tmp_path):
    program = "import time\nfor n in range(9999): print(f'out_time_us={n}000', flush=True); time.sleep(0.1)"
    with pytest.raises(EncodeFailed, match=str(TOO_SLOW)):
        run(tmp_path, program, patience=Patience(whole=1))


def test_a_program_that_floods_the_disk_is_stopped(tmp_path):
    program = (
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
        "with open('flood', 'wb') as f:\n    while True: f.write(bytes(65536))"
    )
    with pytest.raises(EncodeFailed, match=str(TOO_LARGE)):
        run(tmp_path, program)
    assert (tmp_path / "flood").stat().st_size <= 1 << 20


def test_memory_is_limited(tmp_path):
    with pytest.raises(EncodeFailed, match="MemoryError"):
        run(tmp_path, "bytearray(1 << 31)")


def test_a_program_that_is_not_there_is_an_operators_matter(tmp_path):
    with pytest.raises(EncodeFailed, match=str(NO_ENCODER)):
        run_ffmpeg(
            ["/nowhere/ffmpeg"],
            folder=tmp_path,
            limits=Limits(nice=0),
            patience=Patience(whole=5),
            seconds_total=1,
            progress=lambda seconds: None,
        )


def test_what_the_listener_raises_stops_the_program_and_its_children(tmp_path):
    class Stop(Exception):
        pass

    def stop(seconds):
        if (tmp_path / "child").exists():
            raise Stop

    mark = f"child of {tmp_path}"
    program = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)', {mark!r}])\n"
        "open('child', 'w').close(); time.sleep(60)"
    )
    with pytest.raises(Stop):
        run(tmp_path, program, progress=stop)
    assert eventually(lambda: not processes_with(mark), within=2.5, every=0.05)


def test_what_runs_dies_with_the_worker_that_started_it(tmp_path, level):
    """The worker is killed, so it can clean up nothing."""
    mark = f"encoder of {tmp_path}"
    worker = f"""
from pathlib import Path
import sys
import django
django.setup()
from masterclasses.transcoding import sandbox
from masterclasses.transcoding.cage import Limits
from masterclasses.transcoding.patience import Patience
from masterclasses.transcoding.process import run_ffmpeg
if {level!r} == sandbox.RLIMITS:
    sandbox.bubblewrap = lambda: ""
program = "open('begun', 'w').close(); import time; time.sleep(60)"
run_ffmpeg(
    [sys.executable, "-c", program, {mark!r}],
    folder=Path({str(tmp_path)!r}),
    limits=Limits(nice=0),
    patience=Patience(whole=60),
    seconds_total=10,
    progress=lambda seconds: None,
    reads=sandbox.interpreter(),
)
"""
    with subprocess.Popen([sys.executable, "-c", worker], cwd=ROOT, stdin=subprocess.DEVNULL) as process:
        assert eventually((tmp_path / "begun").exists, within=30, every=0.05)
        assert processes_with(mark)
        process.kill()
    assert eventually(lambda: not processes_with(mark), within=2, every=0.05)


def processes_with(mark: str) -> list[str]:
    """The living processes with `mark` on their command line; a dead one that nobody has reaped has none."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found += [path.parent.name] if mark.encode() in path.read_bytes() else []
    return found


def test_a_program_sees_no_network_and_no_files_but_its_own(tmp_path, level):
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret").write_text("canary")
    program = (
        "import os, socket\n"
        f"print('sees', os.path.exists({str(tmp_path / 'secret')!r}), os.path.exists('/etc/passwd'))\n"
        "print('interfaces', len(socket.if_nameindex()))\n"
        "open('made', 'w').close()"
    )
    said = told(tmp_path / "inside", program)
    assert (tmp_path / "inside" / "made").exists()
    if level == sandbox.BUBBLEWRAP:
        assert said == ["sees False False", "interfaces 1"]
    else:
        assert said[0] == "sees True True"


def told(folder: Path, program: str) -> list[str]:
    """What a program says on stderr, line by line."""
    return run(folder, f"import sys; sys.stdout = sys.stderr\n{program}").split("\n")[:-1]
