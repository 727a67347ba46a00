"""The tests take what is theirs: a core, a container's share, the memory that is there."""

import socket
from itertools import pairwise
from pathlib import Path

import pytest
from machine import free_port, memory_folder, workers

GIB = 2**30


def machine(folder: Path, **files: str) -> Path:
    """A root with these files, their names with `__` for `/`."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_where_nobody_says_anything_every_core_works(tmp_path: Path) -> None:
    assert workers(tmp_path, cores=4) == 4


@pytest.mark.parametrize(("quota", "most"), [("200000 100000", 2), ("150000 100000", 2), ("max 100000", 8)])
def test_a_container_works_with_its_share_of_the_cores(tmp_path: Path, quota: str, most: int) -> None:
    root = machine(tmp_path, sys__fs__cgroup__cpu_DOT_max=quota)
    assert workers(root, cores=8) == most


@pytest.mark.parametrize(("quota", "most"), [("50000", 1), ("300000", 3), ("-1", 8)])
def test_so_it_does_where_groups_are_of_the_older_kind(tmp_path: Path, quota: str, most: int) -> None:
    root = machine(
        tmp_path,
        sys__fs__cgroup__cpu__cpu_DOT_cfs_quota_us=quota,
        sys__fs__cgroup__cpu__cpu_DOT_cfs_period_us="100000",
    )
    assert workers(root, cores=8) == most


def test_each_has_room_in_the_memory_and_one_always_works(tmp_path: Path) -> None:
    root = machine(tmp_path, proc__meminfo=f"MemTotal: 99 kB\nMemAvailable:  {6 * 2**20} kB\n")
    assert workers(root, cores=8) == 6
    machine(tmp_path, sys__fs__cgroup__memory_DOT_max=f"{3 * GIB}\n")
    assert workers(root, cores=8) == 3
    machine(tmp_path, sys__fs__cgroup__memory_DOT_max="max\n")
    assert workers(root, cores=8) == 6
    machine(tmp_path, sys__fs__cgroup__memory__memory_DOT_limit_in_bytes=f"{GIB // 4}\n")
    assert workers(root, cores=8) == 1


def test_a_machine_of_many_cores_is_not_filled(tmp_path: Path) -> None:
    assert workers(tmp_path, cores=256) == 16


def test_files_go_to_the_disk_where_there_is_no_memory_for_them(tmp_path: Path) -> None:
    assert memory_folder(tmp_path, room=2**80) is None
    assert memory_folder(tmp_path, room=1) == tmp_path
    assert memory_folder(tmp_path / "none", room=1) is None


def test_a_port_is_given_once_and_not_where_somebody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len({free_port() for _ in range(20)}) == 20
    taken = free_port()
    with socket.create_server(("127.0.0.1", taken)):
        assert taken not in {free_port() for _ in range(500)}
    ranges = []
    for worker in ("gw0", "gw1", "gw2"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        ranges.append(free_port() // 500)
    assert all(one != other for one, other in pairwise(ranges))
