"""What of this machine the tests take. It may be a slice of a far larger one, as in a container."""

import math
import os
import shutil
import socket
from contextlib import suppress
from itertools import count, islice
from pathlib import Path

_ROOT = Path("/")
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - for files of this run only
_FOR_A_WORKER = 2**30
"""What one process of pytest may come to need at its greatest, with room to spare."""
_FOR_FILES = 2**30
_MOST_WORKERS = 16
"""Each begins by importing everything: with more of them it ends no sooner."""
for _library in ("OPENBLAS", "OMP", "MKL"):
    # Read when numpy or torch is imported. Else each worker takes every core for itself, and they wait for
    # one another: learning from corrections took three times the CPU.
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
_PORTS, _RANGES, _LOWEST_PORT = 500, 40, 10_000
_asked_for = count()


def workers(root: Path = _ROOT, cores: int | None = None) -> int:
    """As many processes as there are cores, of those that are ours, and as the memory has room for."""
    limits = (cores or _cores(), _share_of_cpu(root), _memory(root) // _FOR_A_WORKER)
    return max(1, min(_MOST_WORKERS, *(math.ceil(limit) for limit in limits if limit)))


def memory_folder(folder: Path = _IN_MEMORY, room: int = _FOR_FILES) -> Path | None:
    """A folder in memory, where thousands of commits wait for no disk; None where there is little of it.

    Containers often have 64 MB there.
    """
    if not os.access(folder, os.W_OK | os.X_OK) or shutil.disk_usage(folder).free < room:
        return None
    return folder


def free_port() -> int:
    """A port of the loopback that no other process of this run is given.

    It lies below those that the system hands out by itself: such a one may be another's before it is used.
    """
    mine = os.getppid() + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = _LOWEST_PORT + mine % _RANGES * _PORTS
    for number in islice(_asked_for, _PORTS):
        with socket.socket() as one, suppress(OSError):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(("127.0.0.1", first + number % _PORTS))
            return first + number % _PORTS
    raise OSError(f"no port is free from {first} to {first + _PORTS}")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _share_of_cpu(root: Path) -> float:
    """What a container may use, in cores; 0 without a limit."""
    groups = root / "sys/fs/cgroup"
    quota, period = [*_numbers(groups / "cpu.max"), 0, 0][:2]
    if not quota:
        (quota,) = _numbers(groups / "cpu/cpu.cfs_quota_us") or [0]
        (period,) = _numbers(groups / "cpu/cpu.cfs_period_us") or [0]
    return quota / period if quota > 0 and period > 0 else 0.0


def _memory(root: Path) -> int:
    """Bytes that are free, or the container's limit if that is less; 0 where nobody says."""
    groups = root / "sys/fs/cgroup"
    free = [line.split() for line in _lines(root / "proc/meminfo") if line.startswith("MemAvailable:")]
    known = [int(words[1]) * 1024 for words in free]
    known += _numbers(groups / "memory.max") + _numbers(groups / "memory/memory.limit_in_bytes")
    return max(_FOR_A_WORKER, min(known)) if known else 0


def _numbers(path: Path) -> list[int]:
    """What one line says; none where it says "max"."""
    words = " ".join(_lines(path)).split()
    return [int(word) for word in words] if "max" not in words else []


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except OSError:
        return []
