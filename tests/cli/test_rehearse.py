"""`tanggap rehearse`: the ladder of the shipped playbooks, minute by minute, without sending anything."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

EXAMPLE = Path(__file__).resolve().parents[2] / "config.example.yaml"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    here = tmp_path / "config.yaml"
    here.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    return here


def rehearsed(config: Path, *more: str) -> str:
    done = CliRunner(env={"TANGGAP_BOT_TOKEN": "1:x"}).invoke(
        app, ["rehearse", *more, "--config", str(config)]
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_when_nobody_answers_the_last_resort_is_called_at_the_time_that_check_prints(config: Path) -> None:
    lines = rehearsed(config, "hoaks-viral", "--hours", "1").splitlines()
    exhausted = [line for line in lines if "Semua sudah dipanggil" in line]
    assert [line.split()[0] for line in exhausted] == ["0.40.00"]


def test_an_answer_ends_the_calling(config: Path) -> None:
    lines = rehearsed(config, "hoaks-viral", "--answered-after", "7", "--hours", "0").splitlines()
    assert not [line for line in lines if "tingkat 3" in line]
    answered = rehearsed(config, "hoaks-viral", "--answered-after", "7", "--hours", "1")
    assert "7 menit setelah dibuka" in answered


def test_an_unknown_playbook_names_those_that_there_are(config: Path) -> None:
    done = CliRunner(env={"TANGGAP_BOT_TOKEN": "1:x"}).invoke(
        app, ["rehearse", "banjir", "--config", str(config)]
    )
    assert done.exit_code == 1
    assert "hoaks-viral" in done.output


def test_a_file_is_played_too_and_so_is_one_that_is_not_in_use_yet(config: Path, tmp_path: Path) -> None:
    shipped = EXAMPLE.parent / "playbooks/hoaks-viral.yaml"
    drill = shipped.parent / "drills/hoaks-bansos.yaml"
    told = rehearsed(config, str(shipped), "--scenario", str(drill))
    assert "✓" in told
    draft = tmp_path / "rancangan.yaml"
    text = shipped.read_text("utf-8").replace("drills/hoaks-bansos.yaml", str(drill))
    draft.write_text(text.replace("name: Hoaks viral", "name: Rancangan"), "utf-8")
    also = rehearsed(config, str(draft), "--scenario", str(drill))
    assert _without_hours(also) == _without_hours(told.replace("Hoaks viral", "Rancangan"))


def _without_hours(told: str) -> str:
    """Both begin now, and the second may begin in the next minute."""
    return re.sub(r"\d\d\.\d\d WI", "WI", told)


def test_the_file_that_is_named_is_the_one_that_is_played(config: Path, tmp_path: Path) -> None:
    shipped = (EXAMPLE.parent / "playbooks/hoaks-viral.yaml").read_text("utf-8")
    own = shipped.replace("drills/", f"{EXAMPLE.parent}/playbooks/drills/").replace("repeat: 1", "repeat: 0")
    (tmp_path / "lebih-singkat.yaml").write_text(own, "utf-8")
    told = rehearsed(config, str(tmp_path / "lebih-singkat.yaml"), "--hours", "1")
    assert told != rehearsed(config, "hoaks-viral", "--hours", "1")


@pytest.mark.parametrize(("named", "said"), [("tak-ada.yaml", "tidak ada"), ("config.yaml", "playbook: v1")])
def test_a_file_that_is_none_is_refused_in_a_sentence(
    config: Path, tmp_path: Path, named: str, said: str
) -> None:
    done = CliRunner(env={"TANGGAP_BOT_TOKEN": "1:x"}).invoke(
        app, ["rehearse", str(tmp_path / named), "--config", str(config)]
    )
    assert done.exit_code == 1
    assert said in done.output


def test_the_times_on_the_left_are_explained(config: Path) -> None:
    assert "jam.menit.detik" in rehearsed(config, "hoaks-viral", "--hours", "0")


DRILLS = sorted((EXAMPLE.parent / "playbooks/drills").glob("*.yaml"))


@pytest.mark.parametrize("drill", DRILLS, ids=lambda path: path.stem)
def test_a_shipped_exercise_is_played_without_one_refused_press(config: Path, drill: Path) -> None:
    text = drill.read_text("utf-8")
    playbook = next(line.split()[1] for line in text.splitlines() if line.startswith("playbook:"))
    told = rehearsed(config, playbook, "--scenario", str(drill))
    assert "Tidak bisa:" not in told
    assert "✓" in told
    assert "✗" not in told


def test_a_rehearsal_says_what_opens_the_playbook_besides_comments(config: Path) -> None:
    told = rehearsed(config, "bencana", "--hours", "0")
    assert "Juga terbuka lewat: kabar dari bmkg (gempa); kabar dari bmkg (tsunami);" in told
    told = rehearsed(config, "gangguan-layanan", "--hours", "0")
    assert "tidak ada kabar dari pemantau-layanan selama 15 menit" in told
    assert "Juga terbuka" not in rehearsed(config, "hoaks-viral", "--hours", "0")


def test_an_exercise_that_a_warning_opens_begins_with_its_words(config: Path) -> None:
    drill = EXAMPLE.parent / "playbooks/drills/gempa-siaga.yaml"
    told = rehearsed(config, "bencana", "--scenario", str(drill))
    assert "Kabar dari bmkg: gempa." in told
    assert "• Tingkat: siaga" in told
    assert "Dibuka otomatis, kabar dari bmkg: gempa." in told
    assert "Latihan selesai" in told


def test_an_answer_that_no_form_would_take_is_named_at_its_line(config: Path, tmp_path: Path) -> None:
    text = (EXAMPLE.parent / "playbooks/drills/hoaks-bansos.yaml").read_text("utf-8")
    cause = ', sebab: "tautannya bukan milik pemerintah dan logonya ditempel"'
    line = text[: text.index(cause)].count("\n") + 1
    broken = tmp_path / "latihan.yaml"
    broken.write_text(text.replace(cause, ""), "utf-8")
    done = CliRunner(env={"TANGGAP_BOT_TOKEN": "1:x"}).invoke(
        app, ["rehearse", "hoaks-viral", "--scenario", str(broken), "--config", str(config)]
    )
    assert done.exit_code == 1
    assert f"latihan.yaml:{line}:" in done.output
    assert "Isian “sebab” perlu diisi untuk jawaban ini." in done.output


def drilled(config: Path, playbook: str, drill: str) -> list[str]:
    return rehearsed(
        config, playbook, "--scenario", str(EXAMPLE.parent / f"playbooks/drills/{drill}.yaml")
    ).splitlines()


def test_what_comes_back_every_half_hour_is_told_twice_and_then_counted(config: Path) -> None:
    told = drilled(config, "keselamatan-jiwa", "seseorang-berpamitan")
    asked = [number for number, line in enumerate(told) if "masih Anda tangani?" in line]
    assert [told[number].split()[0] for number in asked] == ["0.55.00", "1.25.00", "1.55.00"]
    assert told[asked[-1] + 1].strip() == "… berulang 37 kali, terakhir 19.55.00"
    assert "✓ Ditutup dalam 1 hari 6 jam: sesudah 1 hari 2 jam" in told


def test_a_question_that_comes_back_is_answered_while_the_script_has_something_ahead(config: Path) -> None:
    told = "\n".join(drilled(config, "hoaks-viral", "hoaks-bansos"))
    assert "1.20.00  ▸ Ratna menjawab “Kabar berkala” (catatan: belum ada yang baru)" in told
    assert "“Kabar berkala” lewat waktunya" not in told


def test_items_that_are_due_together_are_one_message_below_its_time(config: Path) -> None:
    told = drilled(config, "hoaks-viral", "hoaks-bansos")
    (late,) = [number for number, line in enumerate(told) if line.startswith(" 0.15.00  Lewat tenggat")]
    assert [line[:12] for line in told[late + 1 : late + 3]] == [" " * 10 + "• "] * 2
