"""Reading what strace wrote of a typist: which of its confirmations came without a sync of the log before.

A commit is on the disk once the write-ahead log was synced after its last write (SQLite, "pragma
synchronous": FULL syncs the log after every transaction). So between the last write to the log that ended
before a confirmation, and that confirmation, there must stand a whole, successful fsync or fdatasync of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

CALLS = ("fsync", "fdatasync", "write", "pwrite64", "pwritev", "writev", "pwritev2", "ftruncate")

_LINE = re.compile(r"(?P<pid>\d+) +(?P<rest>.*)\Z")
_BEGUN = re.compile(r"(?P<call>\w+)\((?P<fd>\d+)<(?P<path>.*?)>(?P<args>.*)\Z")
_RESUMED = re.compile(r"<\.\.\. (?P<call>\w+) resumed>(?P<args>.*)\Z")
_RESULT = re.compile(r"\) += (?P<code>-?\d+)")
_SAVED = re.compile(r'"(?P<word>\w+) (?P<acts>\d+)\\n"')


class Call(msgspec.Struct):
    """One call of the system: its place among all lines when it began and ended."""

    name: str
    path: str
    args: str
    begun: int
    ended: int = -1
    code: int = -1


def calls(lines: Iterable[str]) -> Iterator[Call]:
    """All calls that came back, in the order they ended; ``strace -f -y`` splits those of other threads."""
    waiting: dict[str, Call] = {}
    for at, line in enumerate(lines):
        found = _LINE.match(line.rstrip("\n"))
        if found is None:
            continue
        pid, rest = found["pid"], found["rest"]
        resumed, begun = _RESUMED.match(rest), _BEGUN.match(rest)
        if resumed:
            call = waiting.pop(pid, None)
            if call is None:
                continue
            call.args += resumed["args"]
        elif begun:
            call = Call(begun["call"], _plain(begun["path"]), begun["args"], at)
            if rest.endswith("<unfinished ...>"):
                waiting[pid] = call
                continue
        else:
            continue
        result = _RESULT.search(call.args)
        if result is not None:
            call.ended, call.code = at, int(result["code"])
            yield call


def _plain(path: str) -> str:
    """A path with the letters that strace writes as octal numbers."""
    raw = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), path)
    return raw.encode("latin-1", errors="replace").decode("utf-8", errors="replace")


class Report(msgspec.Struct):
    """What the trace shows."""

    confirmed: int = 0
    """Confirmations in all."""
    acts: int = 0
    """The last act that was confirmed."""
    writes: int = 0
    syncs: int = 0
    unsynced: list[str] = []
    """Confirmations before which the log was written and not synced afterwards."""
    unwritten: list[str] = []
    """Confirmations before which nothing was written to the log at all since the one before."""
    checkpoints: int = 0
    """How often the log was begun anew after it had been moved into the file."""
    uncovered: list[str] = []
    """Logs begun anew before the file itself was synced: what stood in the old one could be lost."""
    folder_synced: bool = False
    """Whether the name of the log was made durable before the first confirmation."""


def judge(lines: Iterable[str], folder: str, name: str) -> Report:
    """What a trace shows of the data file ``name`` in ``folder``."""
    report = Report()
    log_written = file_written = False
    log_synced_from = file_synced_from = -1
    log_last = file_last = -1
    since = 0
    for call in calls(lines):
        if call.code < 0:
            continue
        is_log, is_file = call.path.endswith(f"/{name}-wal"), call.path.endswith(f"/{name}")
        if call.name in ("fsync", "fdatasync"):
            report.syncs += is_log
            if is_log:
                log_synced_from = max(log_synced_from, call.begun)
            elif is_file:
                file_synced_from = max(file_synced_from, call.begun)
            elif call.path.endswith(f"/{folder}"):
                report.folder_synced = report.folder_synced or not report.confirmed
        elif is_log:
            if _begins_anew(call) and log_written:
                report.checkpoints += 1
                if file_written and file_synced_from < file_last:
                    report.uncovered.append(f"line {call.begun}")
            log_written, log_last = True, max(log_last, call.ended)
            report.writes += 1
            since += 1
        elif is_file:
            file_written, file_last = True, max(file_last, call.ended)
        elif call.path.startswith("pipe:") and (said := _SAVED.search(call.args)) and said["word"] == "saved":
            report.confirmed += 1
            report.acts = int(said["acts"])
            if not since:
                report.unwritten.append(said[0])
            elif log_synced_from < log_last:
                report.unsynced.append(said[0])
            since = 0
    return report


def _begins_anew(call: Call) -> bool:
    """Whether the head of the log was written, or the log emptied."""
    if call.name == "ftruncate":
        return re.match(r", 0\)", call.args) is not None
    return call.name == "pwrite64" and re.search(r", 32, 0\) +=", call.args) is not None
