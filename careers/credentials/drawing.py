"""The QR code of an address, as squares that a page or a PDF can draw."""

from __future__ import annotations

from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4


@dataclass(frozen=True)
class QrDrawing:
    """`path` draws runs of dark modules in a square of `size`; `runs` are (row, column, length)."""

    size: int
    runs: list[tuple[int, int, int]]

    @property
    def path(self) -> str:
        return "".join(f"M{column} {row}h{length}v1h-{length}z" for row, column, length in self.runs)


def qr_drawing(address: str) -> QrDrawing:
    """Draw a code with the quiet zone that ISO/IEC 18004 asks for."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    matrix = code.get_matrix()
    runs = [(row, *run) for row, modules in enumerate(matrix) for run in _runs(modules)]
    return QrDrawing(len(matrix), runs)


def _runs(modules: list[bool]) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(modules):
        if not dark:
            continue
        if runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((column, 1))
    return runs
