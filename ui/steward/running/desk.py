"""The desk where jobs are handed in: one at a time for a data folder, each in a process of its own.

The process speaks on its output, one JSON object a line; what it writes to its error channel is thrown away, since a
traceback may repeat what stood in the file. It outlives the run of the page and the browser that asked for it.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import secrets
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from audit import record
from settings import ROOT, Settings
from ui.steward.running import folder as folders
from ui.steward.running import parcel as parcels
from ui.steward.running.folder import Folder, Record
from ui.steward.running.order import Order
from ui.steward.running.shelf import Shelf

log = logging.getLogger("netra.app")

COMMAND: Final = (sys.executable, "-m", "etl")
GENTLE: Final = 10
ACCOUNT: Final = "steward"
_PATIENCE: Final = 0.3
State = Literal["running", "done", "refused", "stopped", "broken"]


@dataclass(frozen=True)
class Job:
    """A job and how it stands: `refused` gave a reason, `broken` ended without one."""

    record: Record
    state: State


class Desk:
    """Starts, watches and stops jobs; safe for the threads of all sessions."""

    def __init__(self, settings: Settings, command: tuple[str, ...] | None = None) -> None:
        self.settings, self.command = settings, command or COMMAND
        self.jobs = settings.data / "log" / "jobs"
        self.shelf = Shelf()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._guard = threading.Lock()

    def start(self, order: Order) -> str | None:
        """Begin a job and return its id at once; None while another one runs, here or in another server."""
        with self._guard, ExitStack() as stack:
            lock = self._lock(fcntl.LOCK_EX, patience=_PATIENCE)
            if lock is None:
                return None
            stack.callback(os.close, lock)
            parcels.sweep(self.settings.vault)
            folders.forget_old(self.jobs)
            kept = Folder(self.jobs, secrets.token_hex(8))
            self._tell(order, kept.job_id)
            kept.make(order)
            os.pwrite(lock, kept.job_id.encode(), 0)
            path: str | None = None
            descriptors: tuple[int, ...] = ()
            if order.parcel:
                path, descriptors = stack.enter_context(
                    parcels.handed_over(order.parcel, self.settings.vault)
                )
                self.shelf.put(kept.job_id, order)
            process = self._spawn(order.command(path), (lock, *descriptors))
            self._running[kept.job_id] = process
            follower = (kept, process, stack.pop_all())
            threading.Thread(target=self._follow, args=follower, daemon=True, name="netra-job").start()
        log.info("job %s %s started", kept.job_id, order.verb)
        return kept.job_id

    def look(self, job_id: str) -> Job | None:
        """How a job stands; None where there is none of this id."""
        if not folders.is_id(job_id):
            return None
        runs = self._runs(job_id)
        # Read after asking: a job that ended in between is told as ended.
        record = Folder(self.jobs, job_id).read()
        return None if record is None else Job(record, _state(record, runs))

    def tidy(self) -> None:
        """Remove what a server that died left behind; nothing while a job runs."""
        lock = self._lock(fcntl.LOCK_EX)
        if lock is not None:
            parcels.sweep(self.settings.vault)
            os.close(lock)

    def running(self) -> str | None:
        """Id of the job that runs now."""
        with suppress(StopIteration):
            return next(iter(tuple(self._running)))
        if not self.jobs.exists():
            return None
        lock = self._lock(fcntl.LOCK_SH)
        if lock is not None:
            os.close(lock)
            return None
        return (self.jobs / "lock").read_text("utf-8") or None

    def stop(self, job_id: str) -> None:
        """End a job of this server; what it had not finished never happened."""
        process = self._running.get(job_id)
        if process is not None:
            Folder(self.jobs, job_id).mark_stopped()
            process.terminate()

    def wait(self, job_id: str, seconds: float = 60) -> None:
        """Wait until a job of this server has ended and all of it is written down."""
        end = time.monotonic() + seconds
        while job_id in self._running and time.monotonic() < end:
            time.sleep(0.01)

    def _runs(self, job_id: str) -> bool:
        return job_id in self._running or self.running() == job_id

    def _tell(self, order: Order, job_id: str) -> None:
        """An upload, taken in or only checked, stands in the audit log before anything reads it."""
        if order.parcel:
            content = order.parcel.content
            record(
                self.settings, "upload", account=ACCOUNT, verb=order.verb, what=order.about.get("kind"), job=job_id,
                sha256=hashlib.sha256(content).hexdigest(), bytes=len(content),
            )  # fmt: skip

    def _lock(self, kind: int, patience: float = 0.0) -> int | None:
        """A lock on the one place where a job runs. The process inherits it: it ends with the last who holds it."""
        self.jobs.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = os.open(self.jobs / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        end = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(place, kind | fcntl.LOCK_NB)
                return place
            except OSError:
                if time.monotonic() >= end:
                    os.close(place)
                    return None
                time.sleep(0.02)

    def _spawn(self, words: list[str], inherited: tuple[int, ...]) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if name != "NETRA_STEWARD_KEY"} | {
            "NETRA_DATA": str(self.settings.data),
            "NETRA_KEY_FILE": str(self.settings.key_file),
            "NETRA_ACCOUNT": ACCOUNT,
            "PYTHONUNBUFFERED": "1",
        }
        process = subprocess.Popen(
            [*self.command, *words], cwd=ROOT, env=environment, pass_fds=inherited, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        # Readers come first: the import takes what they leave.
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, GENTLE)
        return process

    def _follow(self, kept: Folder, process: subprocess.Popen[bytes], stack: ExitStack) -> None:
        try:
            with stack:
                assert process.stdout is not None, "the output was asked for"
                with process.stdout as said:
                    while line := said.readline(folders.LONGEST_LINE):
                        kept.add(line)
                code = process.wait()
                if code == 0 and kept.is_load:
                    self.shelf.drop_file(kept.job_id)
                kept.end(code)
            log.info("job %s ended with %s", kept.job_id, code)
        except Exception:
            process.kill()
            log.exception("job %s could not be followed", kept.job_id)
        finally:
            self._running.pop(kept.job_id, None)


@cache
def desk(settings: Settings) -> Desk:
    """The one desk of this server for a data folder."""
    return Desk(settings)


def _state(record: Record, runs: bool) -> State:
    if record.exit_code is None:
        return "running" if runs else "broken"
    said = {event["event"] for event in record.events}
    if record.exit_code == 0 and said & {"done", "sources"}:
        return "done"
    if record.was_stopped:
        return "stopped"
    return "refused" if "error" in said and record.exit_code > 0 else "broken"
