"""Learning, the gate before int8, and checkpoints that are not what they seem."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from checkpoint_makers import ROWS, make, torch, transformers

from bot.cli.finetuning import from_checkpoint, table
from classifiers.checkpoint.calibrating import calibration
from classifiers.checkpoint.commands import Compared
from classifiers.checkpoint.converting import agreement
from classifiers.checkpoint.finetune import finetune
from classifiers.checkpoint.folder import read
from classifiers.checkpoint.judging import deal, figures, own_rows
from classifiers.checkpoint.learning import Course
from classifiers.dataset import Row, to_learn_from
from classifiers.errors import DataError, ModelError
from classifiers.labels import Label

SHORT = Course(passes=1, rate=1e-3)
WORDS = ("kapan", "rusak", "hoaks", "usir", "anjing", "banjir", "promo", "makasih")
OTHERS = ("ini", "itu", "pagi", "siang", "kami", "mereka", "di", "sana", "jalan", "rumah", "kantor", "desa")


def clear_rows(count: int = 400) -> list[Row]:
    """A word per label, among others: what any network must be able to learn."""
    words = dict(zip(Label, WORDS, strict=True))
    chance, rows = np.random.default_rng(1), []
    for number in range(count):
        labels = frozenset(label for label in Label if chance.random() < 0.2)
        said = [*chance.choice(OTHERS, 6).tolist(), *(words[label] for label in labels), str(number)]
        rows.append(Row(" ".join(chance.permutation(said).tolist()), labels, "uji", "CC0"))
    return rows


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make("bert", tmp_path_factory.mktemp("dasar"))


def test_what_can_be_learnt_is_learnt_and_survives_int8_with_its_reasons(base: Path, tmp_path: Path) -> None:
    rows = clear_rows()
    told: list[tuple[str, int, int]] = []
    result = finetune(
        rows,
        str(base),
        tmp_path / "jadi",
        Course(passes=30, rate=1e-2, patience=5),
        progress=lambda *step: told.append(step),
    )
    assert result.built.precision == "int8", result.built.agreement
    assert result.before.macro_f1 + 0.3 < result.built.after.macro_f1 > 0.9
    assert told[0] == ("Membuka checkpoint", 0, 2)
    assert all(0 <= done <= total for _, done, total in told)
    text = "pagi ini jalan di desa banjir"
    assert result.classifier.classify([text])[0].labels == (Label.EMERGENCY,)
    assert result.classifier.explain(text).reasons[0].text.endswith("banjir")
    shown = table(Compared(result, figures(result.classifier, rows), figures(result.classifier, rows)))
    assert shown.row_count == len(Label) + 1


def test_the_terminal_says_how_many_of_the_judges_are_the_agencys_own(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = to_learn_from([*ROWS, *clear_rows(200)])
    own = own_rows(deal(rows).judge)
    from_checkpoint(str(base), tmp_path / "jadi", rows, 0, lambda _what, _done, _all: None)
    said = " ".join("".join(capsys.readouterr()).split())
    assert 0 < own < len(deal(rows).judge)
    assert f"pada {len(deal(rows).judge)} komentar yang disisihkan, {own} dari data Anda." in said
    assert read(tmp_path / "jadi").about["held_out_own"][1] == own


def test_learning_ends_when_it_only_gets_worse_and_the_best_pass_stays(base: Path, tmp_path: Path) -> None:
    result = finetune(ROWS, str(base), tmp_path / "jadi", Course(passes=12, rate=0.05, patience=1))
    assert len(result.losses) < 13
    assert min(result.losses) < result.losses[-1]


def test_the_same_rows_and_seed_give_the_same_network(base: Path, tmp_path: Path) -> None:
    names = [finetune(ROWS, str(base), tmp_path / str(n), SHORT).classifier.name for n in range(2)]
    other = finetune(ROWS, str(base), tmp_path / "lain", replace(SHORT, seed=1)).classifier.name
    assert names[0] == names[1] != other


def test_a_network_that_int8_would_break_stays_in_full_precision(tmp_path: Path) -> None:
    """One huge weight per column, on an input that is always zero: it changes nothing but takes all steps."""
    base = make("bert", tmp_path / "dasar")
    model = transformers.AutoModel.from_pretrained(base)
    with torch.no_grad():
        for layer in model.encoder.layer:
            layer.attention.output.LayerNorm.weight[3] = 0.0
            layer.attention.output.LayerNorm.bias[3] = 0.0
            layer.intermediate.dense.weight[:, 3] = 1e6
            layer.intermediate.dense.weight *= 4.0
            layer.intermediate.dense.weight[:, 3] = 1e6
    model.save_pretrained(base)
    result = finetune(ROWS, str(base), tmp_path / "jadi", Course(passes=1, rate=1e-9))
    assert result.built.precision == "fp32"
    assert "fp32" in result.classifier.name
    assert "dipakai fp32" in result.built.remark
    assert result.built.agreement is not None
    assert result.built.agreement.texts < 0.98


def test_int8_must_agree_on_texts_and_on_every_label_that_is_seen_often_enough() -> None:
    exact = np.zeros((1000, len(Label)), np.bool_)
    exact[:30, 0] = True
    assert agreement(exact, exact).holds
    few = exact.copy()
    few[:5, 0] = False  # 995 of 1,000 texts agree, but a sixth of one label is gone
    assert agreement(exact, few).texts == 0.995
    assert not agreement(exact, few).holds
    many = exact.copy()
    many[500:530, 1] = True  # a label that one of them never gives
    assert not agreement(exact, many).holds
    assert not agreement(exact[:0], exact[:0]).holds, "nothing seen is nothing proved"


def test_calibration_turns_scores_into_frequencies() -> None:
    chance = np.random.default_rng(0)
    sure = chance.normal(0, 2, (4000, len(Label)))
    truth = chance.random(sure.shape) < 1 / (1 + np.exp(-sure))
    slopes, shifts = calibration((3 * sure + 1).astype(np.float32), truth)
    assert slopes == pytest.approx(np.full(len(Label), 1 / 3), abs=0.03)
    assert shifts == pytest.approx(np.full(len(Label), -1 / 3), abs=0.2)
    turned, _ = calibration((-sure).astype(np.float32), truth)
    assert (turned == 1).all(), "a label worse than chance is not turned round"


def test_copies_of_a_comment_stay_on_one_side() -> None:
    twins = [replace(row, text=row.text.upper() + "!!") for row in ROWS]
    dealt = deal([*ROWS, *twins])
    parts = [
        {row.text.upper().rstrip("!") for row in part} for part in (dealt.learn, dealt.check, dealt.judge)
    ]
    assert sum(map(len, parts)) == len(set.union(*parts))
    with pytest.raises(DataError, match="paling sedikit 60"):
        deal(ROWS[:30])


def _cut(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:5000])


def _lose_layer(folder: Path) -> None:
    model = transformers.AutoModel.from_pretrained(folder)
    kept = {name: value for name, value in model.state_dict().items() if "layer.1." not in name}
    (folder / "model.safetensors").unlink()
    torch.save(kept, folder / "pytorch_model.bin")


def _unknown_kind(folder: Path) -> None:
    (folder / "config.json").write_text(json.dumps({"model_type": "jenis-baru"}))


def _foreign_words(folder: Path) -> None:
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "α", "β"]))


@pytest.mark.parametrize(
    ("harm", "answer"),
    [
        (_cut, "Bobot checkpoint .* terpotong.*Unduh ulang"),
        (_lose_layer, r"tidak lengkap \(tidak ada encoder\.layer\.1"),
        (_unknown_kind, "jenis modelnya tidak dikenal.*pilih keluarga"),
        (_foreign_words, "Tokenizer checkpoint .* tidak cocok dengan jaringannya"),
        (lambda folder: (folder / "vocab.txt").unlink(), "tidak cocok dengan jaringannya"),
        (
            lambda folder: (folder / "tokenizer.json").write_text("{"),
            "Tokenizer .* tidak dapat dibaca: perlu",
        ),
        (lambda folder: (folder / "config.json").write_text("{"), r"config\.json rusak"),
        (lambda folder: (folder / "model.safetensors").unlink(), "berkasnya hilang"),
    ],
)
def test_a_broken_checkpoint_is_answered_with_one_sentence(tmp_path: Path, harm: object, answer: str) -> None:
    base = make("bert", tmp_path / "dasar")
    harm(base)
    with pytest.raises(ModelError, match=answer) as caught:
        finetune(ROWS, str(base), tmp_path / "jadi", SHORT)
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["dasar"]
