"""The whole path, offline: a checkpoint of each family learns, is written, and answers without torch."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from checkpoint_makers import FAMILIES, ROWS, make, sentencepiece, without

from classifiers.base import Thresholds
from classifiers.checkpoint.finetune import Finetuned, finetune
from classifiers.checkpoint.folder import MANIFEST, PROBES, TOKENIZER, read
from classifiers.checkpoint.judging import deal
from classifiers.checkpoint.learning import Course
from classifiers.checkpoint.model import CheckpointClassifier
from classifiers.choose import load
from classifiers.errors import ModelError
from classifiers.labels import Label

SHORT = Course(passes=2, rate=3e-3)
TRAINERS = ("torch", "transformers", "onnx", "sentencepiece", "sklearn", "scipy")
TEXTS = [row.text for row in ROWS[:40]]
ODD = ["", " ", "\ud83d", "\x00", "🇮🇩" * 300, "kata " * 2000, "a" * 6500]


class Made(NamedTuple):
    family: str
    base: Path
    out: Path
    result: Finetuned


@pytest.fixture(scope="module", params=FAMILIES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    home = tmp_path_factory.mktemp(request.param)
    base = make(request.param, home / "dasar")
    return Made(request.param, base, home / "jadi", finetune(ROWS, str(base), home / "jadi", SHORT))


@pytest.fixture
def model(made: Made) -> CheckpointClassifier:
    found = load(str(made.out))
    assert isinstance(found, CheckpointClassifier)
    return found


def test_it_learns_and_leaves_a_folder_with_three_files(made: Made) -> None:
    before, *passes = made.result.losses
    assert len(passes) == SHORT.passes
    assert before not in passes
    assert {path.name for path in made.out.iterdir()} == {"model.onnx", "tokenizer.json", "tanggap.json"}
    assert sorted(path.name for path in made.out.parent.iterdir()) == ["dasar", "jadi"], (
        "nothing is left about"
    )


def test_it_answers_where_nothing_to_train_with_is_installed(made: Made, model: CheckpointClassifier) -> None:
    code = (
        "import json\nfrom classifiers.choose import load\n"
        f"model = load({str(made.out)!r})\n"
        f"found = model.classify({TEXTS!r})\n"
        "print(json.dumps([[p.model, [s for s in p.scores.values()], p.labels] for p in found]))"
    )
    elsewhere = json.loads(without(TRAINERS, code))
    here = model.classify(TEXTS)
    assert [name for name, _, _ in elsewhere] == [model.name] * len(TEXTS)
    assert np.array([scores for _, scores, _ in elsewhere]) == pytest.approx(
        np.array([list(p.scores.values()) for p in here]), abs=1e-5
    )
    assert [tuple(labels) for _, _, labels in elsewhere] == [p.labels for p in here]


def test_together_and_one_by_one_are_the_same(model: CheckpointClassifier) -> None:
    together = model.classify([*TEXTS, *ODD])
    for text, prediction in zip([*TEXTS, *ODD], together, strict=True):
        (alone,) = model.classify([text])
        # Whole-number networks scale a batch by its largest value, so company moves a score a little.
        assert list(alone.scores.values()) == pytest.approx(list(prediction.scores.values()), abs=0.05)
        assert set(prediction.scores) == set(Label)
        assert all(0.0 <= score <= 1.0 for score in prediction.scores.values())


def test_reasons_are_words_of_the_text_and_only_for_what_is_spoken(model: CheckpointClassifier) -> None:
    assert any(prediction.reasons for prediction in model.classify(TEXTS))
    for text in [*TEXTS[:10], *ODD]:
        (prediction,) = model.classify([text])
        tested = model.explain(text)
        assert (tested.labels, tested.unsure) == (prediction.labels, prediction.unsure)
        for reason in (*prediction.reasons, *tested.reasons):
            assert reason.label in (*prediction.labels, *prediction.unsure)
            assert reason.weight > 0
            assert reason.start < 0 or text[reason.start : reason.end] == reason.text


def test_thresholds_of_the_configuration_replace_the_models_own(made: Made) -> None:
    loud = load(str(made.out), {Label.SPAM: Thresholds(0.0, 0.0)})
    assert all(Label.SPAM in prediction.labels for prediction in loud.classify(TEXTS))


def test_the_folder_says_how_it_was_made(made: Made) -> None:
    about = read(made.out).about
    assert (about["base"], about["rows"], about["seed"]) == ("dasar", len(ROWS), 0)
    assert set(about["f1_before"]) == set(about["f1_after"]) == {label.value for label in Label}
    assert about["held_out_own"] == [0, 0], "nothing but authored comments"
    assert about["made_with"]["torch"]
    assert str(made.base.parent) not in (made.out / MANIFEST).read_text()


def test_int8_is_taken_only_when_it_agrees(made: Made) -> None:
    built = made.result.built
    assert built.agreement is not None
    assert (built.precision == "int8") == built.agreement.holds == (built.remark == "")
    dealt = deal(ROWS)
    assert built.agreement.rows == len(dealt.check) + len(dealt.judge)


def test_the_run_time_cuts_words_as_the_checkpoint_was_trained_to(made: Made) -> None:
    """Against sentencepiece itself, so that no conversion stands on both sides of the comparison."""
    found = list(made.base.glob("*.model"))
    if not found:
        pytest.skip("a WordPiece checkpoint")
    reference = sentencepiece.SentencePieceProcessor(model_file=str(found[0]))
    saved = json.loads((made.out / TOKENIZER).read_text())
    own = load(str(made.out))._reader._tokenizer
    assert saved["model"]["type"] == "Unigram"
    for text in TEXTS:
        plain = " ".join(text.split())
        if not plain.isascii():
            continue  # accents: ALBERT drops them before sentencepiece sees the text
        cut = reference.encode(plain.lower().replace("``", '"') if made.family == "albert" else plain)
        wanted = [piece + 1 if piece else 3 for piece in cut] if made.family == "xlmr" else cut
        own.no_truncation()
        assert own.encode(plain, add_special_tokens=False).ids == wanted


def test_another_machine_with_other_answers_is_found_out(made: Made, tmp_path: Path) -> None:
    copy = tmp_path / "salinan"
    copy.mkdir()
    for path in made.out.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    manifest = json.loads((copy / MANIFEST).read_text())
    assert len(manifest["probe"]) == len(PROBES)
    manifest["probe"][2][5] = 1.0 - round(manifest["probe"][2][5])
    (copy / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(ModelError) as told:
        load(str(copy))
    assert re.fullmatch(
        rf"Model {re.escape(str(copy))} menjawab lain di komputer ini daripada saat dibuat "
        r"\(beda skor 0\.[5-9]\d\)\. Latih lagi di komputer ini\.",
        str(told.value),
    )
