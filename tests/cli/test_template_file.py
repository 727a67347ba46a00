"""templat --export: a file, or the reason why there is none."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import typer

from bot.cli.template_file import write_templates
from bot.domain.template import Template, TemplateState
from bot.domain.template_life import proposed

ABOUT = Template(
    "", "", "", ("question",), (), (), "", (), "person:sari", "", 1, date(2027, 11, 23),
    TemplateState.PROPOSED,
)  # fmt: skip
OWN = [proposed("Halo Kak {nama}, sudah.", "Sudah", "https://a.go.id", replace(ABOUT))]


def test_what_was_proposed_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "obrolan.yaml"
    write_templates(target, OWN)
    assert "obrolan/sudah" in target.read_text("utf-8")
    assert "1 templat ditulis" in capsys.readouterr().out
    with pytest.raises(typer.Exit):
        write_templates(target, OWN)


def test_nothing_to_write_and_nowhere_to_write_it_are_said(tmp_path: Path) -> None:
    with pytest.raises(typer.Exit):
        write_templates(tmp_path / "a.yaml", [])
    with pytest.raises(typer.Exit):
        write_templates(tmp_path / "tidak-ada" / "a.yaml", OWN)
    assert list(tmp_path.iterdir()) == []
