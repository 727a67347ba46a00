"""One speaker for one token: a second process on the same database is refused before it does anything."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from classifiers.errors import because

try:
    import fcntl
except ImportError:  # Windows has no flock
    fcntl = None  # type: ignore[assignment]  # its absence is asked for before use


class SecondInstance(RuntimeError):
    """Somebody else speaks for this bot. The text is for people, in Indonesian."""


class InstanceLock:
    """Held from `acquire` until `release` or the end of the process, however it ends.

    The lock is the kernel's, on an open file beside the database, so a kill leaves nothing to clean up. The
    file itself stays: removing it would let two processes each lock a file of the same name.
    """

    def __init__(self, database: Path) -> None:
        """`database`: the database file; the lock is `<database>.lock` beside it."""
        self.path = database.with_name(database.name + ".lock")
        self._file: int | None = None

    def acquire(self) -> None:
        """Raises SecondInstance when another process, or another lock of this one, has it."""
        if fcntl is None:
            raise SecondInstance(
                "Kunci satu-proses belum tersedia di sistem ini. Jalankan Tanggap di Linux, macOS, atau WSL."
            )
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _pid_in(file)
            os.close(file)
            who = f"proses nomor {holder}" if holder else "proses lain"
            raise SecondInstance(
                f"Tanggap sudah berjalan dengan basis data ini ({who}). "
                "Hentikan dulu yang lama, lalu jalankan lagi."
            ) from None
        except OSError as error:
            os.close(file)
            raise SecondInstance(
                f"Berkas kunci {self.path} tidak bisa dikunci ({because(error)}). "
                "Simpan basis data di disk lokal, bukan di folder jaringan."
            ) from error
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        self._file = file

    def release(self) -> None:
        """Lets the next one in; does nothing when not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _pid_in(file: int) -> str:
    written = os.pread(file, 32, 0).decode("ascii", errors="replace").strip()
    return written if written.isdigit() else ""
