"""A reading process of Windows in a job object: so much memory and no more, and its end with the program's.

Elsewhere the process limits itself (``reading_process``). Where a job object cannot be made – an old Windows
inside another job – the process runs without: its time is limited all the same, and it ends with its pipe.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Any

if sys.platform == "win32":  # pragma: no cover  # Windows only
    import ctypes
    from ctypes import wintypes

    _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x100, 0x2000
    _EXTENDED_LIMITS = 9

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def confine(process: subprocess.Popen[bytes], memory: int) -> Any:
        """Put ``process`` into a job of its own; keep what comes back as long as it shall live."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            return None
        limits = _Extended()
        limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY | _KILL_ON_CLOSE
        limits.ProcessMemoryLimit = memory
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        )
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        set_ = kernel.SetInformationJobObject(
            job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        if not (set_ and kernel.AssignProcessToJobObject(job, int(process._handle))):  # type: ignore[attr-defined]  # there on Windows
            release(job)
            return None
        return job

    def release(job: Any) -> None:
        """Let a job go; what runs in it ends."""
        if job is not None:
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
            kernel.CloseHandle(job)

else:

    def confine(process: subprocess.Popen[bytes], memory: int) -> Any:
        """Nothing: the process limits its memory itself."""
        del process, memory

    def release(job: Any) -> None:
        """Nothing."""
        del job
