"""Whatever stands in a playbook file, reading it ends: a playbook, or faults that lie in the file."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from wrong_edits import HERE

from bot.files import strict_yaml
from bot.files.known import Known
from bot.files.playbooks import read_playbooks

KNOWN = Known(
    people={"ratna": frozenset({"koordinator"}), "sari": frozenset({"admin"})},
    groups=frozenset({"pimpinan"}),
    rotas=frozenset({"medsos"}),
)
SMALL = (HERE / "whole/kecil.yaml").read_text(encoding="utf-8").split("\n", 1)[1]
STEP = "  - {id: serah, name: Serah, uses: freeze}\n"
HEAD, TAIL = SMALL.split(STEP)
LINES = (HERE / "whole/langkah.yaml").read_text(encoding="utf-8").splitlines()
PIECES = [line.strip() for line in LINES if line.strip()]
KEYS = sorted({piece.partition(":")[0].lstrip("-{ ") for piece in PIECES if ":" in piece})
words = st.sampled_from(
    [
        "steps.serah.done",
        "goto serah",
        "2h",
        "true",
        "acker",
        "'ya'",
        "[a, b]",
        "{a: b}",
        "[",
        "}",
        "*a",
        "é",
        "",
    ]
)
pairs = st.builds(lambda key, word: f"{key}: {word}", st.sampled_from(KEYS), words)
rows = st.lists(st.sampled_from(PIECES) | pairs | words, max_size=5)
steps = st.lists(rows.map(lambda row: "  - " + "\n    ".join(["id: a", *row])), min_size=1, max_size=3)
splices = st.tuples(st.integers(0, len(SMALL)), st.integers(0, 30), st.text(max_size=12))


def _spliced(at: tuple[int, int, str]) -> str:
    start, length, new = at
    return SMALL[:start] + new + SMALL[start + length :]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file for all examples of a property: each writes it anew."""
    return tmp_path_factory.mktemp("apa-saja") / "apa.yaml"


@given(st.one_of(splices.map(_spliced), steps.map(lambda made: HEAD + "\n".join(made) + "\n" + TAIL)))
def test_any_text_is_a_playbook_or_has_faults_that_lie_in_it(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", errors="replace", newline="")
    playbooks, faults = read_playbooks([file], KNOWN)
    assert playbooks or faults
    lines = file.read_bytes().decode("utf-8-sig", "replace").count("\n") + 1
    for fault in faults:
        assert 1 <= fault.line <= lines + 1
        assert fault.column >= 1
        assert fault.message


@pytest.mark.skipif(
    not yaml.__with_libyaml__, reason="this PyYAML was built without libyaml: there is one reader"
)
@given(splices.map(_spliced) | st.text(alphabet="ab: -,[]{}|>'\"#?&*!\n", max_size=40))
def test_the_quick_reader_reads_what_the_other_reads_or_leaves_it_to_it(text: str) -> None:
    """Else a file would be right on one machine and wrong on the next, by how its PyYAML was built."""
    quick = strict_yaml._Builder("f", yaml.CSafeLoader)
    tree = quick.build(text)
    if tree is None or quick.faults or strict_yaml._ODD.search(text):
        return
    other = strict_yaml._Builder("f", yaml.SafeLoader)
    assert (other.build(text), other.faults) == (tree, [])


@pytest.mark.skipif(
    not yaml.__with_libyaml__, reason="this PyYAML was built without libyaml: there is one reader"
)
@pytest.mark.parametrize("name", ["kecil.yaml", "langkah.yaml"])
def test_whole_files_take_the_quick_way(name: str) -> None:
    text = (HERE / "whole" / name).read_text(encoding="utf-8")
    assert not strict_yaml._ODD.search(text)
    assert strict_yaml._Builder("f", yaml.CSafeLoader).build(text) is not None
