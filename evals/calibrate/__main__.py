"""`python -m evals.calibrate coverage|across|alarm`."""

from __future__ import annotations

import sys

from assistant.assembly import open_improv
from evals.calibrate import across, alarm, coverage

PARTS = {"coverage": coverage.calibrate, "across": across.calibrate, "alarm": alarm.calibrate}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in PARTS:
        sys.exit(f"usage: python -m evals.calibrate {'|'.join(PARTS)}")
    with open_improv() as improv:
        PARTS[sys.argv[1]](improv)
