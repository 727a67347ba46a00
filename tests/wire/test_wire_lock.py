"""Two real processes and one database."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.wire import lock
from bot.wire.lock import InstanceLock, SecondInstance

HOLDER = """
import sys, time
from pathlib import Path
from bot.wire.lock import InstanceLock
with InstanceLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def another_process_holding(database: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(database)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603  # our own interpreter and text
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_told_who_is_running_until_that_one_is_killed(tmp_path: Path) -> None:
    database = tmp_path / "tanggap.db"
    with another_process_holding(database) as other:
        with pytest.raises(SecondInstance, match=f"sudah berjalan.*nomor {other.pid}"):
            InstanceLock(database).acquire()
        other.send_signal(signal.SIGKILL)
        other.wait()
    with InstanceLock(database) as held:
        assert held.path.read_text() == f"{os.getpid()}\n"


def test_a_second_lock_of_the_same_process_is_refused_too(tmp_path: Path) -> None:
    database = tmp_path / "tanggap.db"
    with InstanceLock(database), pytest.raises(SecondInstance):
        InstanceLock(database).acquire()
    with InstanceLock(database) as again:
        assert again.path.read_text() == f"{os.getpid()}\n"


def test_two_databases_are_two_bots(tmp_path: Path) -> None:
    with InstanceLock(tmp_path / "a.db") as one, InstanceLock(tmp_path / "b.db") as other:
        assert one.path != other.path
        assert one.path.read_text() == other.path.read_text() == f"{os.getpid()}\n"


def test_a_file_left_behind_by_a_crash_locks_nobody_out(tmp_path: Path) -> None:
    database = tmp_path / "tanggap.db"
    (tmp_path / "tanggap.db.lock").write_text("99999 bukan angka saja")
    with InstanceLock(database) as held:
        assert held.path.read_text() == f"{os.getpid()}\n"
    held.release()


def test_where_the_system_has_no_such_lock_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "fcntl", None)
    with pytest.raises(SecondInstance, match="WSL"):
        InstanceLock(tmp_path / "tanggap.db").acquire()
