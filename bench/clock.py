"""Times and memory: medians after a warm-up, and what the kernel says a process holds."""

from __future__ import annotations

import gc
import math
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

MIB = 1024 * 1024


def seconds(run: Callable[[], object]) -> float:
    """Seconds one call takes."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def median_seconds(run: Callable[[], object], times: int, warm: int = 1) -> float:
    """Median seconds of `times` calls after `warm` calls; garbage is collected before, the collector stays on."""
    for _ in range(warm):
        run()
    gc.collect()
    return statistics.median(seconds(run) for _ in range(times))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed (nearest rank)."""
    assert values, "a percentile needs a value"
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]


def peak_mib() -> float:
    """Most memory that this process ever held, in MiB; the parent's share before it started does not count."""
    return _status("VmHWM", "self")


def held_mib(pid: int) -> float:
    """Memory that a process holds now, in MiB."""
    return _status("VmRSS", str(pid))


def cpu_seconds(pid: int) -> float:
    """Processor time a process has used so far, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


def _status(name: str, process: str) -> float:
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    value = next(line for line in lines if line.startswith(f"{name}:"))
    return int(value.split()[1]) * 1024 / MIB
