"""What was proposed in the chat goes into a file and comes back as the very same words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.template import Template, TemplateState
from bot.domain.template_life import OWN_TOPIC, proposed
from bot.files.config import read_config
from bot.files.replies import read_templates
from bot.files.template_export import replies_yaml

ABOUT = Template(
    "", "", "", ("question", "complaint"), ("lampu-jalan",), (), "", (), "person:sari", "", 2,
    date(2027, 11, 23),
    TemplateState.PROPOSED,
)  # fmt: skip
KNOWN = read_config(EXAMPLE, ENV).known


def read_back(folder: Path, text: str) -> tuple[Template, ...]:
    path = folder / "obrolan.yaml"
    path.write_text(text, encoding="utf-8")
    templates, faults = read_templates([path], KNOWN)
    assert faults == []
    return templates


def test_the_file_reads_as_the_same_templates(tmp_path: Path) -> None:
    own = [
        proposed("Halo Kak {nama}, sudah: kami cek.\n\nOke.", "Jalan: dicek", "https://a.go.id/1", ABOUT),
        proposed("Halo Kak, 'ya' # bukan komentar", "Yes", "https://a.go.id/2", replace(ABOUT, topics=())),
    ]
    text = replies_yaml(OWN_TOPIC, own)
    assert text.startswith("replies: v1\ntopic: obrolan\n")
    assert read_back(tmp_path, text) == tuple(own), "and so an approval of it still holds"


def test_what_no_page_says_goes_out_as_its_basis(tmp_path: Path) -> None:
    on_paper = replace(ABOUT, basis='UU 24/2013 Pasal 79A: "gratis"; periksa dengan bagian hukum')
    own = [
        proposed("Halo Kak, itu gratis.", "Gratis", source, on_paper) for source in ("", "https://a.go.id")
    ]
    for one in own:
        text = replies_yaml(OWN_TOPIC, [one])
        assert ("source: https" in text) is bool(one.source)
        assert read_back(tmp_path, text) == (one,)


_ODD = ("SOP", "lihat https://a.go.id", "http://a.go.id", "https://", "https://a", "https://a.go.id/ b")


@pytest.mark.parametrize("source", [*_ODD, "https://x@a.go.id", "javascript:alert(1)", "https://a.go.id/<b>"])
def test_only_a_link_is_a_source(tmp_path: Path, source: str) -> None:
    path = tmp_path / "obrolan.yaml"
    told = replace(ABOUT, basis="SOP")
    path.write_text(replies_yaml(OWN_TOPIC, [proposed("Halo Kak.", "Uji", source, told)]), encoding="utf-8")
    templates, faults = read_templates([path], KNOWN)
    assert templates == ()
    assert [fault.message for fault in faults] == ["source harus tautan https; tulis dasar lain di basis."]
    assert faults[0].column > 1
    assert "basis: " in faults[0].hint


@pytest.mark.parametrize(
    "source", ["https://a.go.id", "https://A.go.id/b?c=1#d", "https://x-1.desa.id/~e_%20(1)"]
)
def test_a_link_to_a_page_is_one(tmp_path: Path, source: str) -> None:
    own = proposed("Halo Kak.", "Uji", source, ABOUT)
    assert read_back(tmp_path, replies_yaml(OWN_TOPIC, [own]))[0].source == source


@given(words=st.text("abz :#'\"-|>\n.,!?&*%@", min_size=1, max_size=200))
def test_whatever_people_write_survives(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    text = f"Halo Kak, {words.strip()}".strip()
    own = proposed(text, "Uji", "https://a.go.id", ABOUT)
    (back,) = read_back(tmp_path_factory.mktemp("ekspor"), replies_yaml(OWN_TOPIC, [own]))
    assert back.text == text
