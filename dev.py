"""The developer's tool: makes the environment, then demonstrates, tests, checks and packages.

Needs nothing but Python 3.11 - 3.14: `python3 dev.py test` on a bare machine is enough.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "made-from"
WINDOWS = os.name == "nt"
PY = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
SITE = VENV / ("Lib/site-packages" if WINDOWS else f"lib/python{PY}/site-packages")
OUTER_PYTHON: str = getattr(sys, "_base_executable", sys.executable)  # also when run from inside .venv
PIP = ("-m", "pip", "--disable-pip-version-check", "-qq")

# What PySide6 loads from the system, and the Debian package that brings it
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class Stop(Exception):
    """The command cannot go on; the text says what to do."""


def run(*command: str | Path, **env: str) -> int:
    """Run a program in the project's folder; its exit code, 128 + signal when it was killed."""
    sys.stdout.flush()
    words = [str(word) for word in command]
    code = subprocess.run(words, cwd=ROOT, env={**os.environ, **env}, check=False).returncode
    return code if code >= 0 else 128 - code


def must(what: str, *command: str | Path, **env: str) -> None:
    if code := run(*command, **env):
        raise Stop(f"{what} failed (exit code {code})")


def say(text: str) -> None:
    print(f"dev.py: {text}", flush=True)


# --- the surroundings


def install_debian(packages: list[str], why: str) -> bool:
    """Install Debian packages when we may; otherwise print the line that does it."""
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"{why}: {' '.join(line)}")
        run("apt-get", "update", "-qq")
        if run(*line, DEBIAN_FRONTEND="noninteractive") == 0:
            return True
    say(f"{why}. Install it with:\n    sudo {' '.join(line)}")
    return False


def qt_loads(libraries: dict[str, str] = QT_LIBRARIES) -> bool:
    """Whether the system has the libraries that Qt needs, after installing what may be installed."""
    missing = []
    for soname, package in libraries.items() if sys.platform == "linux" else ():
        try:
            ctypes.CDLL(soname)
        except OSError:
            missing.append(package)
    return not missing or install_debian(missing, "Qt needs libraries that this system lacks")


def need_qt(libraries: dict[str, str] = QT_LIBRARIES) -> None:
    if not qt_loads(libraries):
        raise Stop("this command needs Qt")


def digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_environment() -> None:
    """Bring .venv to what requirements.lock and pyproject.toml say; nothing to do is the usual case."""
    locked = digest(LOCK.read_bytes(), PY.encode())
    project = digest((ROOT / "pyproject.toml").read_bytes())
    was = STAMP.read_text("utf-8").split() if STAMP.exists() else []
    if was == [locked, project] and PYTHON.exists():
        return
    uv = shutil.which("uv")
    if was[:1] != [locked] or not PYTHON.exists():
        if Path(sys.prefix).resolve() == VENV:
            raise Stop(".venv must be made anew: leave it (deactivate) and run this again")
        can_make = uv or importlib.util.find_spec("ensurepip")
        if not can_make and not install_debian([f"python{PY}-venv"], "This Python cannot make environments"):
            raise Stop("without that there is no .venv")
        if VENV.exists():
            shutil.rmtree(VENV)
        say(f"making .venv from {LOCK.name} (about 120 MB to fetch)")
        if uv:
            must("making .venv", uv, "venv", "-q", "--python", OUTER_PYTHON, VENV)
            must("installing", uv, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", LOCK)
        else:
            must("making .venv", OUTER_PYTHON, "-m", "venv", VENV)
            must("installing", PYTHON, *PIP, "install", "--require-hashes", "-r", LOCK)
    STAMP.unlink(missing_ok=True)
    own = ("install", "--no-deps", "--no-build-isolation", "-e", ROOT)
    if uv:
        must("installing judapp", uv, "pip", *own, "-q", "--python", PYTHON)
    else:
        must("installing judapp", PYTHON, *PIP, *own)
    # A relative path: before 3.13 Python reads this file in the system's code page, ours may be "Sở Tư pháp".
    (SITE / "_judapp.pth").write_text(os.path.relpath(ROOT, SITE), "ascii")
    STAMP.write_text(f"{locked}\n{project}\n", "utf-8")


# --- the commands


def setup(_: list[str]) -> int:
    """make .venv and see whether Qt's libraries are there"""
    make_environment()
    qt_loads()
    say(f"ready: {PYTHON.relative_to(ROOT)}")
    return 0


def demo(args: list[str]) -> int:
    """[DIR] [options]  the demonstration (in build/demo); opens the window if there is a display"""
    make_environment()
    if all(arg.startswith("-") for arg in args):
        args = [str(BUILD / "demo"), *args]
    if "--no-window" not in args:
        if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            args = [*args, "--no-window"]
        else:
            need_qt({**QT_LIBRARIES, **WINDOW_LIBRARIES})
    return run(PYTHON, "-m", "judapp", "demo", *args)


def check(_: list[str]) -> int:
    """style (ruff), types (mypy), import contracts (import-linter)"""
    make_environment()
    contracts = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))"
    tools = {
        "ruff check": ("-m", "ruff", "check", "."),
        "ruff format": ("-m", "ruff", "format", "--check", "."),
        "mypy": ("-m", "mypy"),
        "import contracts": ("-c", contracts),
    }
    codes = {}
    for name, command in tools.items():
        say(name)
        codes[name] = run(PYTHON, *command, PYTHONUTF8="1")
    if failed := [name for name, code in codes.items() if code]:
        say(f"not clean: {', '.join(failed)}")
    return max(codes.values())


def test(args: list[str]) -> int:
    """[--oracle] [pytest arguments]  check, then the tests; --oracle also asks LibreOffice"""
    checked = check([])
    need_qt()
    env = {"QT_QPA_PLATFORM": "offscreen", "PYTHONWARNDEFAULTENCODING": "1"}
    # The gate always tries the same examples; pytest by hand, or "desk" and "deep" here, look for new ones.
    env["JUDAPP_HYPOTHESIS"] = os.environ.get("JUDAPP_HYPOTHESIS") or "gate"
    if "--oracle" in args:
        args = [arg for arg in args if arg != "--oracle"]
        env["JUDAPP_ORACLE"] = "1"
    if args:
        return max(checked, run(PYTHON, "-m", "pytest", *args, **env))
    for former in ROOT.glob(".coverage*"):
        former.unlink()
    # Each process takes tests from the one that has most left, and keeps those of a file together if it can.
    side_by_side = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")
    tested = run(PYTHON, "-m", "coverage", "run", "-m", "pytest", "-q", *side_by_side, **env)
    return max(checked, tested or domain_covered())


def domain_covered() -> int:
    """Every line of judapp/domain must have been run by the tests."""
    report = BUILD / "coverage.json"
    BUILD.mkdir(exist_ok=True)
    must("coverage", PYTHON, "-m", "coverage", "combine", "-q")
    must("coverage", PYTHON, "-m", "coverage", "json", "-q", "-o", report)
    files = json.loads(report.read_text("utf-8"))["files"]
    missed = {
        name: found["missing_lines"]
        for name, found in files.items()
        if Path(name).parts[:2] == ("judapp", "domain") and found["missing_lines"]
    }
    for name, lines in missed.items():
        say(f"{name}: never run by a test: lines {', '.join(map(str, lines))}")
    return 1 if missed else 0


def torture(args: list[str]) -> int:
    """[pytest arguments]  kills, cut logs and random typing at length; JUDAPP_SEED=n repeats a run"""
    make_environment()
    need_qt()
    if sys.platform == "linux" and not shutil.which("strace"):
        install_debian(["strace"], "The syncs before a confirmation are watched with strace")
    env = {"QT_QPA_PLATFORM": "offscreen", "JUDAPP_TORTURE": "1"}
    return run(PYTHON, "-m", "pytest", *(args or ["tests/torture"]), **env)


def bench(args: list[str]) -> int:
    """[NAME]  the measurements of benchmarks/"""
    make_environment()
    scripts = sorted((ROOT / "benchmarks").glob(f"{args[0] if args else '*'}.py"))
    if not scripts:
        raise Stop("no such benchmark" if args else "there are no benchmarks yet")
    return max(run(PYTHON, script, *args[1:]) for script in scripts)


def screens(args: list[str]) -> int:
    """DIR [--lang vi|en] [--theme light|dark] [--scale 1.5] [--size 1366x768]  every page as a picture"""
    make_environment()
    need_qt()
    if not args or args[0].startswith("-"):
        raise Stop("where to? dev.py screens DIR")
    made = BUILD / "demo"
    if not (made / "demo.sqlite").exists():
        must("the demonstration", PYTHON, "-m", "judapp", "demo", made, "--no-window", "--json")
    return run(PYTHON, "-m", "tests.ui.screens", Path(args[0]).absolute(), made / "demo.sqlite", *args[1:])


def package(_: list[str]) -> int:
    """the program as a folder for Windows or Linux (build.spec), and a run of the result"""
    make_environment()
    need_qt({**QT_LIBRARIES, **WINDOW_LIBRARIES})  # they are packed too
    if sys.platform == "linux" and not shutil.which("objdump"):
        if not install_debian(["binutils"], "PyInstaller needs objdump"):
            raise Stop("packaging needs objdump")
    dist = BUILD / "dist"
    options = ("--noconfirm", "--log-level", "WARN", "--distpath", dist, "--workpath", BUILD / "pyinstaller")
    must("PyInstaller", PYTHON, "-m", "PyInstaller", *options, ROOT / "build.spec")
    program = dist / "judapp" / ("judapp.exe" if WINDOWS else "judapp")
    must("the packaged program", program, "demo", BUILD / "packaged-demo", "--no-window")
    size = sum(file.lstat().st_size for file in program.parent.rglob("*") if not file.is_dir())
    say(f"{program.parent.relative_to(ROOT)}: {size / 1e6:.0f} MB")
    return 0


def lock(args: list[str]) -> int:
    """[uv options]  write requirements.lock from pyproject.toml; --upgrade takes newer releases"""
    uv: str | Path | None = shutil.which("uv")
    if not uv:
        own = BUILD / "uv"
        uv = own / PYTHON.relative_to(VENV).with_stem("uv")
        if not uv.exists():
            must("making an environment for uv", OUTER_PYTHON, "-m", "venv", own)
            must("installing uv", own / PYTHON.relative_to(VENV), *PIP, "install", "uv")
    options = ("--group", "dev", "--universal", "--python-version", "3.11", "--generate-hashes", "-q")
    clean = ("--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "python3 dev.py lock")
    must("uv", uv, "pip", "compile", "pyproject.toml", *options, *clean, "-o", LOCK.name, *args)
    return 0


Command = Callable[[list[str]], int]
COMMANDS: tuple[Command, ...] = (setup, demo, test, check, torture, bench, screens, package, lock)


def main(args: list[str]) -> int:
    commands = {command.__name__: command for command in COMMANDS}
    if not args or args[0] in ("-h", "--help", "help"):
        print(f"{__doc__}\nusage: python3 dev.py COMMAND\n")
        for name, command in commands.items():
            print(f"  {name:8} {command.__doc__}")
        return 0
    if args[0] not in commands:
        raise Stop(f"no command {args[0]!r}; there are {', '.join(commands)}")
    if not (3, 11) <= sys.version_info < (3, 15):
        raise Stop(f"needs Python 3.11 - 3.14, this is {PY}")
    return commands[args[0]](args[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        say(str(stop))
        sys.exit(2)
