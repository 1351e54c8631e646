"""Sets everything up on first use, then starts the program or its tests. Standard library only.

Called by ``run`` and ``run.cmd``. A stamp over the lock file and this Python makes every later start cost nothing. What
is missing on the system is named in one line to paste; in a container (root, no terminal) it is installed at once.
"""

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
RUN_LOCK = ROOT / "packaging" / "requirements.lock"
TEST_LOCK = ROOT / "packaging" / "requirements-test.lock"
WINDOWS = os.name == "nt"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if WINDOWS else "bin/python")

LIBRARIES = {
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libbrotlidec.so.1": ("libbrotli1", "libbrotli"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs"),
    "libX11.so.6": ("libx11-6", "libX11"),
}
"""What Qt links to on Linux: (Debian package, Fedora package)."""
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
"""What a window on X11 needs besides."""


def main(words: Sequence[str]) -> NoReturn:
    """Set up what `words` need, then become that program."""
    testing = bool(words) and words[0] in ("test", "bench")
    screen = has_screen()
    provide_libraries(LIBRARIES if testing or not screen else LIBRARIES | SCREEN_LIBRARIES)
    provide_environment(TEST_LOCK if testing else RUN_LOCK)
    environment = dict(
        os.environ, PYTHONPATH=os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    )
    if testing:
        os.chdir(ROOT)
        if words[0] == "bench":
            become([str(PYTHON), "-m", "tests.benchmarks", *words[1:]], environment)
        whole = ["--cov", "--cov-report=term:skip-covered"] if len(words) == 1 else []
        become([str(PYTHON), "-m", "pytest", *whole, *words[1:]], environment)
    if not screen and needs_screen(words):
        say("no screen here (DISPLAY is not set): running off screen")
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    become([str(PYTHON), "-m", "workstation", *words], environment)


def has_screen() -> bool:
    """Say whether a window can be shown."""
    return WINDOWS or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def needs_screen(words: Sequence[str]) -> bool:
    """Say whether the command opens the window."""
    return not any(word in ("simulate", "journal", "selftest", "--version", "--help", "-h") for word in words)


def provide_libraries(wanted: dict[str, tuple[str, str]]) -> None:
    """Check the shared libraries Qt needs; install or name what is missing."""
    if not sys.platform.startswith("linux"):
        return
    missing = [packages for library, packages in wanted.items() if not loads(library)]
    if missing:
        provide_packages(sorted({debian for debian, _ in missing}), sorted({fedora for _, fedora in missing}))


def loads(library: str) -> bool:
    """Say whether the system's loader finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def provide_packages(debian: Sequence[str], fedora: Sequence[str]) -> None:
    """Install system packages where nobody can be asked (root, no terminal), else name them and stop."""
    if shutil.which("apt-get"):
        if os.geteuid() == 0 and not sys.stdin.isatty():
            say(f"installing system packages: {' '.join(debian)}")
            quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
            install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *debian]
            if succeeds(["apt-get", "update", "-qq"], env=quiet) and succeeds(install, env=quiet):
                return
            stop(f"apt-get could not install them. Try:  apt-get update && apt-get install {' '.join(debian)}")
        stop(f"Some system packages are missing. Install them with:  sudo apt install {' '.join(debian)}")
    if shutil.which("dnf"):
        stop(f"Some system packages are missing. Install them with:  sudo dnf install {' '.join(fedora)}")
    stop(f"Some system libraries are missing. Install your system's packages for: {' '.join(debian)}")


def provide_environment(lock: Path) -> None:
    """Make .venv hold exactly what `lock` says, unless its stamp says that it does already."""
    stamps = ENVIRONMENT / "stamps"
    stamp = stamps / lock.stem
    # The environment for tests holds everything the program needs, so either stamp will do for a run.
    enough = [stamp] if lock == TEST_LOCK else [stamp, stamps / TEST_LOCK.stem]
    if PYTHON.exists() and any(found.exists() and found.read_text() == fingerprint(found.name) for found in enough):
        return
    wheels_for_this_system()
    count = sum(
        1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line and not line.startswith(" ")
    )
    download_mb = 250 if lock == TEST_LOCK else 130
    say(f"first use: setting up .venv with {count} packages (about {download_mb} MB to download)")
    uv = shutil.which("uv")
    if uv:
        install_with_uv(uv, lock)
    else:
        install_with_pip(lock, count)
    stamps.mkdir(exist_ok=True)
    stamp.write_text(fingerprint(lock.stem))
    say("set-up is done")


def fingerprint(stem: str) -> str:
    """Return what .venv must have been made from."""
    lock = ROOT / "packaging" / f"{stem}.lock"
    return hashlib.sha256(lock.read_bytes() + sys.version.encode() + str(ROOT).encode()).hexdigest()


def succeeds(command: Sequence[str], env: dict[str, str] | None = None) -> bool:
    """Run `command` with its output beside ours; say whether it ended well."""
    return subprocess.run(command, check=False, env=env, stdout=sys.stderr).returncode == 0


def wheels_for_this_system() -> None:
    """Stop early where Qt has no wheels."""
    name, version = platform.libc_ver()
    if name == "glibc" and tuple(int(part) for part in version.split(".")[:2]) < (2, 34):
        stop(f"Qt needs glibc 2.34 or newer (Debian 12, Ubuntu 22.04, RHEL 9); this system has {version}.")


def install_with_uv(uv: str, lock: Path) -> None:
    """Install with uv, which shows its own progress."""
    make = [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(ENVIRONMENT)]
    fill = [uv, "pip", "install", "--no-deps", "--require-hashes", "--python", str(PYTHON), "-r", str(lock)]
    if not (succeeds(make) and succeeds(fill)):
        stop("uv could not install the packages. Check the network connection, then run the same command again.")


def install_with_pip(lock: Path, count: int) -> None:
    """Install with the standard library's venv and pip, counting packages aloud."""
    if not PYTHON.exists() or not succeeds([str(PYTHON), "-m", "pip", "--version"]):
        if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
            own = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            provide_packages(["python3-venv" if Path(sys.executable).parent == Path("/usr/bin") else own], ["python3"])
        make = [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]
        if not succeeds(make):
            stop(f"Python could not make an environment in {ENVIRONMENT}. Is the disk full or the folder read-only?")
    fill = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-deps",  # the lock is whole; older pips look past it when a newer release of an extra is out
        "--disable-pip-version-check",
        "--progress-bar=off",
        "-r",
        str(lock),
    ]
    with subprocess.Popen(fill, stdout=subprocess.PIPE, text=True) as pip:
        done = 0
        for line in pip.stdout or ():
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                done += 1
                package = line.split("(")[0].removeprefix("Collecting ").strip()
                show(f"[set-up] {min(done, count)} of {count}  {package[:60]}")
            elif line.startswith("Installing collected"):
                show("[set-up] unpacking")
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    if pip.returncode:
        stop("pip could not install the packages. Check the network connection, then run the same command again.")


def show(text: str) -> None:
    """Show progress: over the same line on a terminal, a line each in a log."""
    sys.stderr.write(f"\r\033[K{text}" if sys.stderr.isatty() else f"{text}\n")
    sys.stderr.flush()


def say(text: str) -> None:
    """Say one line."""
    sys.stderr.write(f"[set-up] {text}\n")
    sys.stderr.flush()


def stop(text: str) -> NoReturn:
    """Say what to do, and end."""
    sys.stderr.write(f"{text}\n")
    sys.exit(2)


def become(command: list[str], environment: dict[str, str]) -> NoReturn:
    """Replace this process, so that Ctrl+C reaches the program itself; Windows has no such call."""
    if WINDOWS:
        sys.exit(subprocess.run(command, check=False, env=environment).returncode)
    os.execve(command[0], command, environment)


if __name__ == "__main__":
    main(sys.argv[1:])
