"""classify, evaluate, explain, train: what people give them by mistake gets one sentence, before the work."""

import importlib.util
import json
from pathlib import Path

import pytest
from test_cli_learning import Office

from classifiers.dataset import read_rows
from classifiers.errors import ModelError
from classifiers.places import writable

GOOD = json.dumps({"text": "jalan rusak parah dibiarkan", "labels": ["complaint"]}).encode()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "data.jsonl"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (GOOD + b"\n" + b'{"text": "caf\xe9", "labels": []}\n', "baris 2: tidak dapat dibaca (bukan UTF-8"),
        (GOOD + b"\n{rusak", "baris 2: bukan JSON yang sah, di huruf ke-2."),
    ],
)
def test_a_bad_line_is_named_to_whoever_classifies_or_measures(
    office: Office, tmp_path: Path, data: bytes, told: str
) -> None:
    path = written(tmp_path, data)
    for command in ("classify", "evaluate"):
        done = office.run(command, str(path))
        assert (done.exit_code, told in done.stderr) == (1, True), done.stderr
    assert json.loads(office.run("classify", str(path)).stdout)["labels"] == ["complaint"]


def test_a_mark_at_the_beginning_of_the_file_disturbs_nobody(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + GOOD)
    assert office.run("classify", str(path)).exit_code == 0
    assert [row.text for row in read_rows(path)] == ["jalan rusak parah dibiarkan"]


def test_a_folder_is_no_file_and_nothing_gives_nothing(office: Office, tmp_path: Path) -> None:
    folder = office.run("classify", str(tmp_path))
    assert (folder.exit_code, "itu folder" in folder.stderr) == (1, True)
    empty = office.run("classify", "/dev/null")
    assert (empty.exit_code, empty.stdout) == (0, "")
    measured = office.run("evaluate", str(written(tmp_path, b"\n")))
    assert (measured.exit_code, "tidak berisi satu baris pun" in measured.stderr) == (1, True)
    assert office.run("explain", " ").exit_code == 2


@pytest.mark.skipif(bool(importlib.util.find_spec("matplotlib")), reason="the extra `plot` is installed")
def test_a_picture_that_cannot_be_drawn_is_said_before_the_measuring(office: Office, tmp_path: Path) -> None:
    done = office.run("evaluate", str(written(tmp_path, b"rusak")), "--plot", "x.png")
    assert (done.exit_code, "[plot]" in done.stderr) == (1, True)


def test_a_model_that_stands_there_is_not_written_over_unasked(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("model.bin").write_bytes(b"milik orang")
    done = office.run("train")
    assert (done.exit_code, "--out model.bin" in done.stderr) == (2, True)
    assert Path("model.bin").read_bytes() == b"milik orang"


def test_a_place_that_cannot_be_written_is_told_before_the_training(office: Office, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x", encoding="utf-8")
    done = office.run("train", "--out", str(tmp_path / "berkas" / "model.bin"))
    assert (done.exit_code, "tidak dapat disimpan" in done.stderr) == (1, True)
    with pytest.raises(ModelError, match="tidak dapat disimpan"):
        writable(tmp_path / "berkas" / "model.bin")
    writable(tmp_path / "baru" / "model.bin")
    assert list((tmp_path / "baru").iterdir()) == []


def test_plain_lines_are_told_the_same_with_a_checkpoint_and_without(office: Office, tmp_path: Path) -> None:
    """One loader for both: a .txt is never read as JSON lines."""
    lines = tmp_path / "baris.txt"
    lines.write_text("belum pernah dibaca siapa pun sama sekali\n", encoding="utf-8")
    for words in (("--out", str(tmp_path / "m.bin")), ("--base", "dasar")):
        done = office.run("train", "--data", str(lines), *words)
        assert (done.exit_code, "tidak satu baris pun sudah dibaca" in done.stderr) == (1, True)
