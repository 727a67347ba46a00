"""What can go wrong here, each with one Indonesian sentence fit to be shown as it is."""

import errno

_BECAUSE = {
    errno.ENOENT: "tidak ada",
    errno.EACCES: "tidak ada izin",
    errno.EPERM: "tidak ada izin",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENOTDIR: "alamatnya melewati berkas, bukan folder",
    errno.EEXIST: "sudah ada",
    errno.ENOTEMPTY: "foldernya tidak kosong",
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk habis",
    errno.EROFS: "disk hanya bisa dibaca",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.ELOOP: "tautannya berputar",
    errno.EIO: "disk bermasalah",
    errno.EMFILE: "terlalu banyak berkas terbuka",
    errno.ENOLCK: "tempatnya tidak mendukung kunci berkas",
}


def because(error: OSError | UnicodeDecodeError) -> str:
    """Why a file could not be read or written, in a few Indonesian words, whatever the machine speaks."""
    if isinstance(error, UnicodeDecodeError):
        return f"bukan UTF-8, byte ke-{error.start + 1}"
    known = _BECAUSE.get(error.errno or 0)
    return known or f"kesalahan sistem {error.errno or type(error).__name__}"


class ClassifierError(Exception):
    """Root of the family; `str()` of any member says what happened and what to do."""


class ModelError(ClassifierError):
    """A model that is missing, broken, of another version, or not of a kind that can be loaded."""


class DataError(ClassifierError):
    """Labelled or unlabelled input that cannot be read; names the line."""


class MissingExtraError(ClassifierError):
    """An optional package is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        command = "make finetune" if extra == "finetune" else f".venv/bin/pip install -e '.[{extra}]'"
        super().__init__(f"{what} memerlukan paket tambahan. Pasang dari folder Tanggap: {command}")
