"""`tanggap check` tells all files at once; `tanggap init` writes a configuration that it accepts."""

from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE, SMALL, write
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.files import load_playbooks, load_settings, load_templates
from bot.files.alone import say_length
from bot.files.check import CLEAN, FAULTY, UNREADABLE, check
from bot.files.fault import FilesFaulty, attention, attentions
from bot.files.init import questions, render_config


def test_a_clean_configuration_exits_with_zero_and_says_what_matters() -> None:
    report = check(EXAMPLE, ENV)
    assert report.exit_code == CLEAN
    assert report.faults == ()
    said = "\n".join(report.summary)
    assert "Rota medsos: terisi sepanjang minggu." in said
    assert "7 orang: 1 admin, 2 koordinator" in said
    assert not [line for line in map(str, report.advice) if "tidak menambah orang baru" in line]


def test_it_says_how_long_a_ladder_takes_until_it_is_exhausted(tmp_path: Path) -> None:
    path = write(tmp_path)
    loaded = load_settings(path, ENV)
    said = check(path, ENV).summary
    for playbook in load_playbooks(loaded.playbooks, loaded):
        length = say_length(playbook.ladder.time_to_exhausted)
        when = f"bila tak ada yang menjawab, setelah {length} group:pimpinan diberi tahu."
        assert f"Playbook {playbook.id}: {when}" in said


def test_without_the_token_there_is_that_single_fault() -> None:
    report = check(EXAMPLE, {})
    assert report.exit_code == FAULTY
    (fault,) = report.faults
    assert "TANGGAP_BOT_TOKEN belum diisi" in fault.message
    line = EXAMPLE.read_text(encoding="utf-8").splitlines()[fault.line - 1]
    assert line[fault.column - 1 :].startswith("${TANGGAP_BOT_TOKEN}")


def test_what_cannot_be_opened_exits_with_two(tmp_path: Path) -> None:
    assert check(tmp_path / "tidak-ada.yaml", ENV).exit_code == UNREADABLE
    assert check(tmp_path, ENV).exit_code == UNREADABLE


def test_faults_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("playbook: v1\n")
    (tmp_path / "b.yaml").write_text("replies: v1\n")
    (tmp_path / "t.yaml").write_text("topics: v2\n")
    more = "playbooks: [bawaan, p.yaml]\ntemplates: [b.yaml]\ntopics: t.yaml\nweb: {port: nol}\n"
    report = check(write(tmp_path, more), ENV)
    assert {Path(fault.file).name for fault in report.faults} == {"config.yaml", "p.yaml", "b.yaml", "t.yaml"}


def test_hours_without_anybody_on_call_are_said(tmp_path: Path) -> None:
    said = "\n".join(check(write(tmp_path), ENV).summary)
    assert "Rota medsos: kosong 4 hari 12 jam per minggu" in said
    assert "Selasa 07:00 sampai Selasa 19:00; " in said


def test_an_empty_weekend_is_one_stretch(tmp_path: Path) -> None:
    weekdays = SMALL.replace("days: sen-jum, from: 19:00, to: 07:00", "days: sen-jum, from: 07:00, to: 07:00")
    said = "\n".join(check(write(tmp_path, text=weekdays), ENV).summary)
    assert "kosong 2 hari per minggu (Sabtu 07:00 sampai Senin 07:00)" in said


SLIPS = {
    "people:": "peopel:",
    "groups:": "grups:",
    "rota:": "rotaa:",
    "units:": "unitz:",
    "short:": "pendek:",
    "zone:": "zona:",
}


def test_six_slips_are_six_faults_and_not_all_that_refers_to_them(tmp_path: Path) -> None:
    """The team, its groups, rotas and units are misspelt; playbooks and templates refer to them 300 times."""
    text = render_config(ANSWERS)
    for right, wrong in SLIPS.items():
        text = text.replace(right, wrong, 1)
    report = check(write(tmp_path, text=text), ENV)
    unknown = [one for one in report.faults if "tidak dikenal" in one.message]
    assert len(unknown) == len(SLIPS)
    assert len(report.faults) <= 2 * len(SLIPS)
    assert report.summary[0].startswith("Rujukan ke groups, people, rota, units belum diperiksa: ")


def test_a_person_without_a_role_does_not_make_the_others_unknown(tmp_path: Path) -> None:
    text = render_config(ANSWERS).replace("roles: [koordinator]", "roles: [koordinatr]")
    report = check(write(tmp_path, text=text), ENV)
    (fault,) = report.faults
    assert "koordinatr" in fault.message
    assert report.summary[0].startswith("Rujukan ke people belum diperiksa: ")


def test_a_section_left_out_on_purpose_is_no_slip(tmp_path: Path) -> None:
    text = render_config(ANSWERS)
    start, end = text.index("units:\n"), text.index("# Siapa yang dipanggil")
    report = check(write(tmp_path, text=text[:start] + text[end:]), ENV)
    assert any("Unit “bpbd” tidak ada" in one.message for one in report.faults)
    assert not any("belum diperiksa" in line for line in report.summary)


def test_after_faults_in_the_settings_nothing_is_counted_that_was_not_read(tmp_path: Path) -> None:
    report = check(write(tmp_path, text="templates: tidak-ada\n"), ENV)
    assert report.exit_code == FAULTY
    assert not any("templat" in line for line in report.summary)


def test_a_lonely_approver_is_pointed_out(tmp_path: Path) -> None:
    found = check(write(tmp_path), ENV).advice
    assert any("Hanya Ratna yang bisa menyetujui" in one.message for one in found)
    noted = check(write(tmp_path, "approval: {alone: true}\n"), ENV).advice
    assert any("Mode satu orang menyala" in one.message for one in noted)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples of a property: each writes the file anew."""
    return tmp_path_factory.mktemp("konfigurasi")


@settings(deadline=None)  # reads files; the machine may be busy
@given(st.binary(max_size=200) | st.text(alphabet=SMALL, max_size=200).map(str.encode))
@example(SMALL.encode()[:300])
def test_no_configuration_makes_check_fail(folder: Path, data: bytes) -> None:
    (folder / "config.yaml").write_bytes(data)
    report = check(folder / "config.yaml", {})
    assert report.exit_code == FAULTY
    assert report.faults


ANSWERS = {
    "agency": "Pemerintah Kota Contoh",
    "short": "Kota Contoh",
    "zone": "WITA",
    "triage": "-1001234567890",
    "public": "-1001234567891, -1001234567892",
    "pengelola": "Ratna",
    "koordinator": "Bagus",
    "admin": "Sari",
    "hours": "08:00-16:00",
}


def test_init_asks_for_nothing_that_it_does_not_use() -> None:
    assert {question.key for question in questions()} == set(ANSWERS)
    for question in questions():
        assert question.check(ANSWERS[question.key]) == ""
        assert question.default == "" or question.check(question.default) == ""


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("agency", ""),
        ("agency", "a\x00b"),
        ("agency", f"{123456789}:{'A' * 35}"),
        ("short", "Pemerintah Kota Contoh Raya"),
        ("zone", "WIP"),
        ("triage", "1001234567890"),
        ("triage", "@kota"),
        ("public", "-1001234567891"),
        ("public", "-1001234567891, -1001234567891"),
        ("public", "-1001234567891, -1234567"),
        ("public", "-1001234567891, @kota"),
        ("public", "-1001234567891, -1001234567892, -1001234567893"),
        ("hours", "08.00"),
        ("hours", "16:00-08:00"),
        ("koordinator", "   "),
    ],
)
def test_init_refuses_an_answer_with_a_sentence(key: str, answer: str) -> None:
    (question,) = [question for question in questions() if question.key == key]
    assert question.check(answer).endswith((".", "?", "0"))
    with pytest.raises(ValueError, match=key):
        render_config(ANSWERS | {key: answer})


visible = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
name = st.text(visible | st.just(" "), min_size=1, max_size=40).filter(str.strip)


@settings(deadline=None, max_examples=50)  # reads files; the machine may be busy
@given(agency=name, first=name, second=name, third=name)
@example(agency='"}: {', first="null", second="NULL", third="~")
@example(agency="Dinas: #1 'uji'", first="Ratna", second="ratna", third="Ratna")
@example(agency="${TANGGAP}", first="李", second="12", third="1.5")
def test_whatever_is_answered_passes_check_but_for_the_token(
    folder: Path, agency: str, first: str, second: str, third: str
) -> None:
    answers = ANSWERS | {"agency": agency, "pengelola": first, "koordinator": second, "admin": third}
    path = folder / "config.yaml"
    path.write_text(render_config(answers), encoding="utf-8")
    with pytest.raises(FilesFaulty, match="TANGGAP_BOT_TOKEN belum diisi") as caught:
        load_settings(path, {})
    assert len(caught.value.faults) == 1
    loaded = load_settings(path, ENV)
    assert loaded.agency.name == " ".join(agency.split())
    assert len(loaded.people) == len({" ".join(n.split()) for n in (first, second, third)})


def test_what_init_writes_fits_the_shipped_playbooks(tmp_path: Path) -> None:
    for answers in (ANSWERS, ANSWERS | dict.fromkeys(("pengelola", "koordinator", "admin"), "Ratna")):
        report = check(write(tmp_path, text=render_config(answers)), ENV)
        assert report.faults == ()
        loaded = load_settings(tmp_path / "config.yaml", ENV)
        assert load_playbooks(loaded.playbooks, loaded)
        assert load_templates(loaded.templates, loaded)
    assert loaded.approval.alone


def test_init_writes_the_channel_or_says_what_is_missing_without_it(tmp_path: Path) -> None:
    with_one = check(write(tmp_path, text=render_config(ANSWERS)), ENV)
    (chat,) = load_settings(tmp_path / "config.yaml", ENV).chats.public
    assert (chat.name, chat.channel, chat.discussion) == ("Kota Contoh", -1001234567891, -1001234567892)
    assert not any("kanal publik" in line for line in with_one.summary)
    without = check(write(tmp_path, text=render_config(ANSWERS | {"public": " "})), ENV)
    assert without.faults == ()
    assert any("Belum ada kanal publik (chats.public)" in line for line in without.summary)


def test_the_same_advice_at_many_places_is_one_line(tmp_path: Path) -> None:
    report = check(write(tmp_path, text=render_config(ANSWERS | {"public": ""})), ENV)
    same = [one for one in report.advice if "Kanal telegram-channel belum ada" in one.message]
    assert len(same) > 20
    lines = attentions(report.advice)
    (line,) = [line for line in lines if "Kanal telegram-channel belum ada" in line]
    assert line.startswith(f"{same[0].file}:{same[0].line}:{same[0].column} Perhatian:")
    assert line.endswith(f" (Sama di {len(same) - 1} tempat lain.)")
    assert len(lines) == len({(one.message, one.hint) for one in report.advice})
    assert len(lines) < 15
    assert attentions(report.advice[:1]) == [attention(report.advice[0])]


def test_lengths_of_time_are_said_as_people_say_them() -> None:
    playbook = load_settings(EXAMPLE, ENV)
    assert say_length(playbook.approval.alone_pause) == "1 menit"
    assert say_length(playbook.retention.inbox) == "14 hari"
    assert say_length(playbook.approval.alone_pause * 95) == "1 jam 35 menit"


@pytest.mark.parametrize(
    ("mode", "warned"),
    [(0o600, False), (0o400, False), (0o640, False), (0o644, True), (0o660, True), (0o604, True)],
)
def test_a_secret_that_others_may_read_is_a_warning(tmp_path: Path, mode: int, warned: bool) -> None:
    token = tmp_path / "token"
    token.write_text(ENV["TANGGAP_BOT_TOKEN"], "utf-8")
    token.chmod(mode)
    path = write(tmp_path, text=SMALL.replace("${TANGGAP_BOT_TOKEN}", f"file:{token}"))
    report = check(path, {})
    assert report.exit_code == CLEAN
    said = [str(one) for one in report.advice if "Berkas rahasia" in one.message]
    told = f"Berkas rahasia ini terbuka bagi orang lain (hak {mode:04o}). Tutup: chmod 600 {token}"
    assert said == [f"{token}:1:1 {told}"] * warned
    assert ENV["TANGGAP_BOT_TOKEN"] not in repr(load_settings(path, {}))
