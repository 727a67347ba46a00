"""Learning from the team at a terminal: corrections made in the store, judged, installed, taken back."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import small_office
from click.testing import Result
from fakes import MORNING, comment
from typer.testing import CliRunner

from bot.app import opened_quietly
from bot.cli import app
from bot.cli.explaining import coloured
from bot.cli.learning import refusal
from bot.clock import FakeClock
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.comment import Verdict
from bot.domain.people import PersonId
from bot.domain.priority import assess
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.judging import fitness, home_of, looking_on
from bot.services.tap import Tap
from classifiers.base import Prediction, Reason
from classifiers.choose import load
from classifiers.corrections import LEAST, Judged, compare_two
from classifiers.dataset import Row, authored, to_learn_from
from classifiers.default.model import SHIPPED
from classifiers.default.weights import read
from classifiers.labels import Label

ENV = {"TANGGAP_BOT_TOKEN": small_office.TOKEN}
CONFIG = small_office.CONFIG.replace("sqlite:tanggap.db", "sqlite:data/tanggap.db")
PLAIN = "jalan depan pasar rusak parah, sudah dilaporkan tapi dibiarkan"
_numbers = count(1)
Corrected = Iterable[tuple[str, Label]]


class Office:
    """One agency's folder and its terminal."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "config.yaml"
        self.config.write_text(CONFIG, encoding="utf-8")

    @property
    def settings(self) -> Settings:
        return load_settings(self.config, ENV)

    def add(self, line: str) -> None:
        self.config.write_text(f"{CONFIG}{line}\n", encoding="utf-8")

    def run(self, *words: str) -> Result:
        result = CliRunner().invoke(app, [*words, "--config", str(self.config)], env=ENV)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def correct(self, corrected: Corrected) -> None:
        """Comments come in, and Laras puts one label right on each."""
        asyncio.run(self._correct(corrected))

    async def turn_round(self, rows: Sequence[Row]) -> None:
        """Somebody calls spam whatever is none, hundreds of times; straight into the store."""
        quiet = opened_quietly(self.settings, FakeClock(MORNING))
        async with quiet as (_, database), database.transaction() as tx:
            for number, row in enumerate(rows):
                case = case_of(tuple(row.labels ^ {Label.SPAM}))
                case = replace(case, id=await tx.cases.add(case))
                given = comment(row.text, message=f"{number}")
                kept = await tx.comments.add(given, case.id, Verdict(model="x"))
                await tx.cases.correct(case, kept, PersonId("laras"), Verdict(), MORNING)

    async def _correct(self, corrected: Corrected) -> None:
        settings, clock = self.settings, FakeClock(MORNING)
        laras = settings.persons[PersonId("laras")]
        async with opened_quietly(settings, clock) as (services, database):
            for text, label in corrected:
                number = next(_numbers)
                given = comment(text, author=f"tg:{number}")
                case = (await services.intake.receive(given, f"update:{number}")).case
                kept = await database.read.cases.get(case)
                assert kept is not None
                tap = Tap(laras, case, kept.version, f"press:{number}", clock.now())
                await services.triage.toggle_label(tap, label)
                clock.advance(1)


def case_of(labels: tuple[str, ...]) -> Case:
    verdict = Verdict(labels=labels)
    return Case(CaseId(0), 1, CaseStatus.NEW, verdict, assess(verdict, sensitive=False), MORNING, MORNING)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def pleased(how_many: int) -> Corrected:
    """What this agency's citizens say when they are pleased; no model has ever heard it."""
    return [(f"klentring mbregedel gang {number}", Label.PRAISE) for number in range(how_many)]


def test_with_few_corrections_nothing_is_done_and_it_says_so_kindly(office: Office) -> None:
    office.correct(pleased(3))
    result = office.run("train", "--from-corrections")
    assert result.exit_code == 0
    assert f"Baru ada 3 komentar yang dikoreksi; bot mulai belajar dari {LEAST}" in result.stdout
    assert not home_of(office.settings).current.exists()


def test_what_was_learnt_is_used_and_can_be_taken_back(office: Office) -> None:
    before = SHIPPED.read_bytes()
    office.correct(pleased(40))
    result = office.run("train", "--from-corrections")
    assert result.exit_code == 0, result.output
    assert "dipakai sejak bot dimulai ulang" in result.stdout
    assert "0.000 → 1.000" in result.stdout
    assert SHIPPED.read_bytes() == before, "the package itself is never touched"

    said = office.run("explain", "klentring mbregedel gang mawar", "--model", "bot").stdout
    assert "Apresiasi" in said
    assert load().name not in said
    assert fitness(office.settings)[0][0]

    assert "model bawaan yang dipakai" in office.run("train", "--rollback").stdout
    assert load().name in office.run("explain", "klentring", "--model", "bot").stdout
    again = office.run("train", "--rollback")
    assert (again.exit_code, "Belum ada model tim" in again.stderr) == (1, True)


def test_after_an_update_the_doctor_asks_to_teach_the_teams_model_again(office: Office) -> None:
    home = home_of(office.settings)
    shipped = read(SHIPPED)
    home.install(replace(shipped, about={**shipped.about, "shipped": shipped.digest}))
    assert all(fine for fine, _ in fitness(office.settings))
    home.install(replace(shipped, about={**shipped.about, "shipped": "0" * 64}))
    (said,) = (said for fine, said in fitness(office.settings) if not fine)
    assert "model bawaan versi lama" in said
    assert "tanggap train --from-corrections" in said
    home.roll_back()
    home.roll_back()
    assert all(fine for fine, _ in fitness(office.settings))


def test_a_model_that_got_worse_is_refused_until_somebody_insists(office: Office) -> None:
    asyncio.run(office.turn_round(to_learn_from(authored())[::50]))
    result = office.run("train", "--from-corrections")
    assert result.exit_code == 1
    assert "tidak dipasang" in result.stderr
    assert "Spam (penguji)" in result.stderr
    assert not home_of(office.settings).current.exists()
    assert office.run("train", "--from-corrections", "--force").exit_code == 0
    assert home_of(office.settings).current.exists()


def test_a_fall_on_few_corrections_is_refused_too_and_called_a_possible_chance() -> None:
    rows = [Row(f"teks {n}", frozenset({Label.SPAM}), "s", "l") for n in range(5)]
    found = Judged(15, compare_two(rows, Says(rows[:4]), Says(rows[:2])), compare_two([], load(), load()))
    said = refusal(found)
    assert "rata-rata pada koreksi turun; dari 5 koreksi ini bisa juga kebetulan" in said
    assert said.endswith("Bila tetap ingin memasangnya: --force")


class Says:
    """A model that calls exactly these texts spam."""

    name = "tetap"
    at_once = 1

    def __init__(self, rows: Sequence[Row]) -> None:
        self._spam = {row.text for row in rows}

    def classify(self, texts: Sequence[str]) -> list[Prediction]:
        scores = dict.fromkeys(Label, 0.0)
        found = [(Label.SPAM,) if text in self._spam else () for text in texts]
        return [Prediction(labels, (), scores, (), self.name) for labels in found]


def test_words_of_somebody_at_risk_teach_nothing(office: Office) -> None:
    office.correct([("aku ingin mengakhiri hidup malam ini", Label.HATE)])
    assert "Baru ada 0 komentar" in office.run("train", "--from-corrections").stdout


def test_a_model_of_ones_own_is_left_alone(office: Office) -> None:
    office.add("classifier: {model: model-lain.bin}")
    result = office.run("train", "--from-corrections")
    assert (result.exit_code, "--base CHECKPOINT" in result.stderr) == (1, True)


@pytest.mark.parametrize("key", ["model", "shadow"])
def test_a_model_is_looked_up_from_the_folder_of_the_configuration(
    office: Office, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lain.bin").write_bytes(SHIPPED.read_bytes())
    (tmp_path / "di sini").mkdir()
    office.add(f"classifier: {{{key}: lain.bin}}")
    monkeypatch.chdir(tmp_path / "di sini")
    assert getattr(office.settings.classifier, key) == str(tmp_path / "lain.bin")
    assert all(fine for fine, _ in fitness(office.settings))
    (tmp_path / "lain.bin").unlink()
    result = office.run("check")
    assert result.exit_code == 1
    line = len(office.config.read_text(encoding="utf-8").splitlines())
    assert f"config.yaml:{line}:{len(f'classifier: {{{key}: ') + 1}" in result.stdout
    assert "“lain.bin” tidak ditemukan" in result.stdout


@pytest.mark.parametrize("model", ["default", "bawaan", "instansi/indobert-humas"])
def test_words_and_ids_are_left_as_they_are(office: Office, model: str) -> None:
    office.add(f"classifier: {{model: {model}}}")
    assert office.settings.classifier.model == model
    assert "tidak ditemukan" not in office.run("check").stdout


# --- the second model ---


async def test_the_second_model_is_listed_with_what_it_says(office: Office, tmp_path: Path) -> None:
    second = tmp_path / "kedua.bin"
    second.write_bytes(SHIPPED.read_bytes())
    office.add(f"classifier: {{shadow: {second}, thresholds: {{complaint: {{certain: 1.0, unsure: 0.9}}}}}}")
    settings, clock = office.settings, FakeClock(MORNING)
    async with (
        opened_quietly(settings, clock) as (services, database),
        looking_on(settings, database, clock) as shadow,
    ):
        assert shadow is not None
        await shadow.step()
        for text in (f"{PLAIN}, hubungi 081200000000", "selamat pagi"):
            number = next(_numbers)
            await services.intake.receive(comment(text, author=f"tg:{number}"), f"update:{number}")
        await shadow.step()
    listed = await asyncio.to_thread(office.run, "shadow", "--json")
    (model,) = json.loads(listed.stdout)["models"]
    assert (model["compared"], model["kept"]) == (2, 1)
    assert model["labels"]["complaint"] == {"only_first": 0, "only_second": 1}
    (one,) = model["disagreements"]
    assert sorted({*one["first"], "complaint"}) == sorted(one["second"])
    assert one["text"] == f"{PLAIN}, hubungi <telp>"
    shown = (await asyncio.to_thread(office.run, "shadow")).stdout
    assert "2 komentar dibandingkan" in shown
    assert f"{PLAIN}, hubungi <telp>" in " ".join(shown.split())


async def test_a_second_model_that_is_missing_stops_nobody(office: Office) -> None:
    office.add("classifier: {shadow: tidak-ada.bin}")
    settings, clock = office.settings, FakeClock(MORNING)
    async with (
        opened_quietly(settings, clock) as (_, database),
        looking_on(settings, database, clock) as shadow,
    ):
        assert shadow is None
    fine, said = fitness(settings)[1]
    assert (fine, said.startswith("Model kedua: Model tidak-ada.bin tidak ditemukan")) == (False, True)


def test_without_a_second_model_the_command_says_how_to_get_one(office: Office) -> None:
    result = office.run("shadow")
    assert (result.exit_code, "classifier.shadow" in result.stderr) == (0, True)
    assert json.loads(office.run("shadow", "--json").stdout) == {"models": []}


# --- explain and evaluate ---


def test_explain_names_the_words_and_where_they_stand(office: Office) -> None:
    text = "petugasnya g0bl0k, jalan rusak dibiarkan"
    said = office.run("explain", text).stdout
    assert text in said
    (rude, *_) = (one for one in load().explain(text).reasons if one.label is Label.ABUSIVE)
    assert "g0bl0k" in text[rude.start : rude.end]
    assert f"{rude.start}–{rude.end}" in said
    assert "Kata kasar" in said


def test_the_colours_lie_on_the_original_letters_and_nothing_commands_the_terminal() -> None:
    text = "a\x1b[31m goblok\n[bold]"
    reasons = (Reason(Label.ABUSIVE, "goblok", 2.0, 7, 13), Reason(Label.SPAM, "ciri", 1.0))
    shown = coloured(text, reasons)
    assert "\x1b" not in shown.plain
    assert len(shown.plain) == len(text)
    (span,) = shown.spans
    assert text[span.start : span.end] == "goblok"


def test_fairness_needs_no_file_and_a_file_needs_no_fairness(office: Office) -> None:
    result = office.run("evaluate", "--fairness", "--json")
    assert result.exit_code == 0
    assert {rate["kind"] for rate in json.loads(result.stdout)["totals"]} == {"identitas", "kritik"}
    table = office.run("evaluate", "--fairness").stdout
    assert "disabilitas" in table
    assert office.run("evaluate").exit_code == 2
    assert office.run("evaluate", "x.jsonl", "--fairness").exit_code == 2


def test_evaluate_prints_confusion_sources_and_the_worst_errors_masked(
    office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "uji.jsonl"
    rows: Sequence[dict[str, object]] = [
        {"text": "kapan jadwal imunisasi bulan depan kak?", "labels": ["question"], "source": "a"},
        {"text": "jalan rusak parah dibiarkan, lapor @kawan", "labels": ["praise"], "source": "b"},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    said = office.run("evaluate", str(file)).stdout
    assert "Tertukar dengan apa" in said
    assert "Menurut sumber" in said
    assert "baris 2 ·" in said
    assert "@kawan" not in said
    assert max(map(len, said.splitlines())) <= 80
    assert "tanpa baris dari sumber" not in " ".join(said.split()), "no source of these was learnt from"
    rows = [*rows, {**rows[0], "source": "stif_customer_service"}]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert "tanpa baris dari sumber" in " ".join(office.run("evaluate", str(file)).stdout.split())


def test_a_week_of_corrections_is_counted_from_the_store(office: Office) -> None:
    office.correct(pleased(2))

    async def counted() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        async with opened_quietly(office.settings, FakeClock(MORNING)) as (_, database):
            found = await database.read.learning.corrections(MORNING, MORNING + timedelta(days=1))
            return [(one.was, one.labels) for one in found]

    for was, labels in asyncio.run(counted()):
        assert set(labels) ^ set(was) == {"praise"}
