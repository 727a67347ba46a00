"""What can go wrong here, each with one Indonesian sentence fit to be shown as it is."""


class ClassifierError(Exception):
    """Root of the family; `str()` of any member says what happened and what to do."""


class ModelError(ClassifierError):
    """A model that is missing, broken, of another version, or not of a kind that can be loaded."""


class DataError(ClassifierError):
    """Labelled or unlabelled input that cannot be read; names the line."""


class MissingExtraError(ClassifierError):
    """An optional package is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        command = "make finetune" if extra == "finetune" else f".venv/bin/pip install '.[{extra}]'"
        super().__init__(f"{what} memerlukan paket tambahan. Pasang dari folder Tanggap: {command}")
