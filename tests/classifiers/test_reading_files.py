"""Labelled files, streams and model names: what is wrong is said once, with its place."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from classifiers.choose import load
from classifiers.commands import classify_stream, evaluate_file, train_from
from classifiers.dataset import authored, read_rows
from classifiers.default.model import SHIPPED
from classifiers.errors import DataError, ModelError
from classifiers.labels import Label


def written(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "data.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_the_authored_comments_are_there_and_every_label_has_many() -> None:
    rows = authored()
    assert len(rows) > 45_000
    assert all(sum(label in row.labels for row in rows) > 500 for label in Label)
    assert {row.licence for row in rows} == {"Apache-2.0"}
    assert len({row.source for row in rows}) >= 26


def test_rows_of_an_excluded_licence_stay_out(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"text": "a", "labels": ["spam"], "licence": "MIT", "source": "x"},
        {"text": "b", "labels": [], "licence": "CC-BY-NC-SA-4.0"},
        {"text": "c", "labels": []},
    )
    rows = read_rows(path, ["CC-BY-NC-SA-4.0"])
    assert [(row.text, row.licence, row.source) for row in rows] == [
        ("a", "MIT", "x"),
        ("c", "tidak disebut", "data"),
    ]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "baris 2: bukan JSON"),
        ("[1]", "baris 2: harus berupa objek"),
        ('{"text": 5}', "baris 2: harus berupa objek"),
        ('{"text": "x"}', 'baris 2: "labels" harus berupa daftar'),
        ('{"text": "x", "labels": ["marah"]}', "baris 2: label 'marah' tidak dikenal"),
        ('{"text": "x", "labels": [["spam"]]}', "tidak dikenal"),
        ("[" * 100_000, "baris 2: bukan JSON"),
    ],
)
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(DataError, match=complaint.replace("[", r"\[")):
        read_rows(written(tmp_path, {"text": "x", "labels": []}, line))


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="tidak dapat dibaca"):
        read_rows(tmp_path / "tidak-ada.jsonl")
    (tmp_path / "biner.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="tidak dapat dibaca"):
        read_rows(tmp_path / "biner.jsonl")


def test_a_stream_keeps_order_and_other_keys() -> None:
    lines = ['{"id": 7, "text": "kapan jadwal imunisasi kak?"}\n', "\n", '{"text": "", "x": {"y": null}}\n']
    first, second = (json.loads(line) for line in classify_stream(lines, load()))
    assert first["id"] == 7
    assert first["labels"] == ["question"]
    assert list(first["scores"]) == [label.value for label in Label]
    assert first["reasons"][0]["label"] == "question"
    assert first["model"] == load().name
    assert second["x"] == {"y": None}
    assert second["labels"] == []


def test_a_stream_answers_each_line_before_the_next_is_read() -> None:
    read: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(3):
            read.append(number)
            yield json.dumps({"text": f"teks {number}"})

    answers = classify_stream(lines(), load())
    next(answers)
    assert read == [0]
    next(answers)
    assert read == [0, 1]


def test_a_bad_line_stops_the_stream_after_the_good_ones() -> None:
    answers = classify_stream(['{"text": "a"}', "\n", "rusak"], load())
    next(answers)
    with pytest.raises(DataError, match="baris 3"):
        next(answers)


def test_half_characters_pass_through_a_stream() -> None:
    (line,) = classify_stream(['{"text": "\\ud800 halo"}'], load())
    assert json.loads(line)["text"] == "\ud800 halo"
    line.encode("ascii")


def test_a_file_is_evaluated(tmp_path: Path) -> None:
    path = written(tmp_path, {"text": "jalan rusak parah dibiarkan", "labels": ["complaint"]})
    assert evaluate_file(path, load()).labels["complaint"].f1 == 1.0


def test_training_refuses_a_bad_file_before_it_starts(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="baris 1"):
        train_from([written(tmp_path, "rusak")])


def test_a_model_is_found_by_its_path() -> None:
    assert load(str(SHIPPED)).name == load("default").name


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("indobenchmark/indobert-base-p1", "hf download indobenchmark/.*train --base"),
        ("defualt", "Maksud Anda 'default'"),
        ("/tidak/ada/model.bin", "tidak ditemukan"),
        ("", "tidak ditemukan"),
    ],
)
def test_an_unknown_model_is_answered_with_what_would_work(name: str, answer: str) -> None:
    with pytest.raises(ModelError, match=answer):
        load(name)
