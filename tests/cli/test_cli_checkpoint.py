"""A checkpoint taught from corrections: judged on what it did not see, refused, insisted on, taken back.

The learning itself needs torch and has tests of its own; here a finished folder stands in for what it made.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_cli_learning import Office, pleased

from bot.cli import finetuning
from classifiers.base import Thresholds
from classifiers.checkpoint.commands import Team
from classifiers.checkpoint.folder import NETWORK, TOKENIZER, Manifest, keep, read, sealed, write
from classifiers.checkpoint.judging import figures
from classifiers.choose import load
from classifiers.commands import rows_of
from classifiers.corrections import HELD_OUT
from classifiers.dataset import Row, fingerprint, share_of
from classifiers.default.model import SHIPPED
from classifiers.default.weights import pack
from classifiers.default.weights import read as read_weights
from classifiers.labels import Label

FEW = rows_of(())[:200]


def folder(path: Path, name: str) -> Path:
    """Whole as far as its manifest goes; its network is no network."""
    path.mkdir()
    (path / NETWORK).write_bytes(b"jaringan")
    (path / TOKENIZER).write_text("{}")
    ones = (1.0,) * len(Label)
    lines = dict.fromkeys(Label, Thresholds(0.7, 0.3))
    sums = {file: sealed(path / file) for file in (NETWORK, TOKENIZER)}
    write(path, Manifest(name, "int8", 64, 0, ones, ones, lines, sums, (ones,) * 4, {}))
    return path


class Bench:
    """`tanggap train --base` with the learning left out: `learnt` is what the judges read instead."""

    def __init__(self, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office, self._tmp, self.lessons = office, tmp_path, list[Row]()
        self.out = folder(tmp_path / "model-kami", "lama")
        self.learnt = SHIPPED
        office.correct(pleased(12))
        office.add("classifier: {model: model-kami}")
        monkeypatch.setattr(finetuning, "classifier_of", lambda _settings: load())
        monkeypatch.setattr(finetuning, "train_checkpoint", self._trained)

    def deaf(self) -> None:
        """What was learnt hears nothing any more."""
        deaf = replace(read_weights(SHIPPED), thresholds=dict.fromkeys(Label, Thresholds(1.0, 1.0)))
        self.learnt = self._tmp / "tuli.bin"
        self.learnt.write_bytes(pack(deaf))

    def train(self, *words: str) -> SimpleNamespace:
        done = self.office.run(
            "train", "--base", "dasar", "--out", str(self.out), "--from-corrections", *words
        )
        return SimpleNamespace(code=done.exit_code, said=" ".join(done.output.split()))

    @property
    def name(self) -> str:
        return read(self.out).name

    def _trained(
        self, _base: str, out: Path, rows: Iterable[Row], _course: object, _progress: object, team: Team
    ) -> SimpleNamespace:
        self.lessons = team.lessons(rows)
        place = keep(folder(self._tmp / "jadi", "baru"), out, fit=team.fit(self.learnt))
        found = figures(load(), FEW)
        built = SimpleNamespace(after=found, remark="")
        model = SimpleNamespace(
            classifier=SimpleNamespace(name="baru"), before=found, built=built, own=0, folder=place
        )
        return SimpleNamespace(model=model, shipped=found, ours=found)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(Office(tmp_path), tmp_path, monkeypatch)


def test_a_worse_one_leaves_the_model_in_use_alone_until_somebody_insists(bench: Bench) -> None:
    bench.deaf()
    done = bench.train()
    refused = bench.out.with_name("model-kami.ditolak")
    assert done.code == 1
    assert "tidak dipasang" in done.said
    assert "(penguji)" in done.said
    assert "model-kami.ditolak" in done.said.replace(" ", "")
    assert (bench.name, read(refused).name) == ("lama", "baru")
    assert bench.train().code == 1, "an earlier refused one makes room"

    assert bench.train("--force").code == 0
    assert bench.name == "baru"
    assert read(bench.out.with_name("model-kami.sebelumnya")).name == "lama"


def test_one_that_did_not_get_worse_takes_the_place_and_can_be_taken_back(bench: Bench) -> None:
    done = bench.train()
    assert done.code == 0
    assert "dari 12" not in done.said
    assert "koreksi lain dan" in done.said
    assert bench.name == "baru"
    assert "Dikembalikan" in bench.office.run("train", "--rollback").output
    assert bench.name == "lama"
    assert bench.office.run("train", "--rollback").exit_code == 0
    assert bench.name == "baru", "a second time undoes the first"


def test_without_a_model_before_or_with_a_torn_one_nothing_is_taken_back(bench: Bench) -> None:
    gone = bench.office.run("train", "--rollback")
    assert (gone.exit_code, "Tidak ada model sebelumnya" in gone.stderr) == (1, True)
    torn = folder(bench.out.with_name("model-kami.sebelumnya"), "robek")
    (torn / NETWORK).write_bytes(b"jar")
    assert bench.office.run("train", "--rollback").exit_code == 1
    assert bench.name == "lama"


def test_what_judges_is_never_learnt_not_even_from_a_file(bench: Bench, tmp_path: Path) -> None:
    judges = [text for text, _ in pleased(12) if share_of(text, "koreksi") < HELD_OUT]
    assert judges
    file = tmp_path / "lagi.jsonl"
    file.write_text("".join(f'{{"text": "{text}!!", "labels": []}}\n' for text in judges), encoding="utf-8")
    bench.train("--data", str(file))
    learnt = {fingerprint(row.text) for row in bench.lessons}
    assert learnt.isdisjoint(map(fingerprint, judges))
    assert sum(row.source == "koreksi tim" for row in bench.lessons) == 12 - len(judges)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rollback", "--base", "dasar"), "--rollback berdiri sendiri"),
        (("--rollback", "--from-corrections"), "--rollback berdiri sendiri"),
        (("--base", "dasar", "--force"), "--force hanya berlaku bersama --from-corrections"),
        (("--rollback", "--seed", "0"), "--rollback berdiri sendiri"),
        (("--from-corrections", "--data", "x.jsonl"), "tanpa --base"),
        (("--from-corrections", "--out", "x.bin"), "tanpa --base"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = Office(tmp_path).run("train", *words)
    assert (done.exit_code, told in done.stderr) == (2, True)


def test_a_model_file_of_ones_own_has_nothing_to_go_back_to(tmp_path: Path) -> None:
    office = Office(tmp_path)
    (tmp_path / "kami.bin").write_bytes(SHIPPED.read_bytes())
    office.add("classifier: {model: kami.bin}")
    done = office.run("train", "--rollback")
    assert (done.exit_code, "bukan folder model" in done.stderr) == (1, True)
