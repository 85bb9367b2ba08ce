"""Results that were submitted: each is complete, scores what it says, and holds none of the texts."""

import gzip
import json
import re
import shutil
import subprocess
import sys
from functools import cache

import pytest
import update_leaderboard
from conftest import ROOT
from submissions import RESULTS, Result, measured, results, texts

import tasrih

TEMPLATE = re.search(r"```json\n(.*?)```", (RESULTS / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1]


@pytest.fixture
def folder(tmp_path):
    """A result as it is submitted: the template, and what was predicted."""
    (tmp_path / "predictions").mkdir()
    submitted(tmp_path)
    return tmp_path


@cache
def of_test(collection):
    return [one.id for one in tasrih.load().articles(collection=collection) if one.metadata.split == "test"]


def submitted(folder, quote=None, **said):
    about = json.loads(TEMPLATE.replace("NAME", "mine")) | said
    (folder / "mine.json").write_text(json.dumps(about), "utf-8")
    quote = quote or {"spans": [{"paragraph": 2, "start": 0, "end": 9}], "type": "direct", "speaker": {"entity": "e1"}}
    packed(folder, [{"id": name, "quotes": [quote]} for name in of_test("news")])


def packed(folder, lines):
    data = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "predictions/mine.jsonl.gz").write_bytes(gzip.compress(data.encode()))


def test_results_and_the_leaderboard_are_current():
    """Every result is scored again: its figures are those that it says."""
    command = [sys.executable, ROOT / "scripts/update_leaderboard.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_all_that_lies_in_the_folder_is_a_result():
    found = [result for _, result in results()]
    assert found
    packed = {path.name for path in (RESULTS / "predictions").iterdir()}
    assert packed == {f"{one.system}.jsonl.gz" for one in found}
    assert all(one.figures["news"]["articles"] > 40 for one in found)


def test_the_template_is_a_result_to_which_figures_are_added(folder):
    ((_, text),) = measured(results(folder), tasrih.__version__).items()
    found = Result.model_validate_json(text)
    assert found.figures.keys() == {"news"}
    assert found.figures["news"]["attribution"][0] < 0.1
    assert found.invalid.answers == len(of_test("news"))
    (folder / "mine.json").write_text(text, "utf-8")
    assert measured(results(folder), tasrih.__version__) == {folder / "mine.json": text}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"who": ""}, "who"),
        ({"who": "<script>"}, "who"),
        ({"trained": {"on": None}}, "trained/how"),
        ({"date": "soon"}, "date"),
        ({"code": "javascript:alert(1)"}, "code"),
        ({"code": "baselines/nowhere"}, "its code is not in"),
        ({"system": "other"}, "is about other"),
        ({"predictions": "../../secret"}, "belong into"),
        ({"better": 1}, "better"),
        ({"quote": {"spans": [{"text": "قال الوزير"}]}}, "has more than offsets and labels"),
        ({"quote": {"spans": [{"paragraph": 1, "start": 0, "end": 3}], "note": "x"}}, "has more than offsets"),
        ({"quote": {"spans": [], "speaker": {"name": "x"}}}, "has more than offsets and labels"),
    ],
)
def test_what_is_not_complete_or_holds_words_is_refused(folder, said, told):
    submitted(folder, **said)
    with pytest.raises(tasrih.TasrihError, match=re.escape(told)):
        results(folder)


@pytest.mark.parametrize(
    "data",
    [b"\x1f\x8b\x08garbage", gzip.compress(b"{"), gzip.compress(b'["\xd9\x82"]')],
    ids=["garbage", "cut off", "no object"],
)
def test_what_is_no_file_of_predictions_is_refused(folder, data):
    (folder / "predictions/mine.jsonl.gz").write_bytes(data)
    with pytest.raises(tasrih.TasrihError, match="mine"):
        results(folder)


def test_a_result_without_its_predictions_is_refused(folder):
    shutil.rmtree(folder / "predictions")
    with pytest.raises(tasrih.TasrihError, match="is not there"):
        results(folder)


def test_the_script_tells_in_a_line_what_is_wrong(folder, monkeypatch, capsys):
    submitted(folder, system="Mine")
    monkeypatch.setattr(update_leaderboard, "results", lambda: results(folder))
    monkeypatch.setattr(sys, "argv", ["update_leaderboard.py"])
    assert update_leaderboard.main() == 2
    assert "mine.json: system:" in capsys.readouterr().err


def test_a_collection_is_entered_as_a_whole(folder):
    packed(folder, [{"id": name, "quotes": []} for name in of_test("news")[1:]])
    with pytest.raises(tasrih.TasrihError, match=f"lacks 1 of .* test articles of news: {of_test('news')[0]}"):
        measured(results(folder), tasrih.__version__)


def test_no_result_holds_an_arabic_letter():
    for path in (RESULTS / "predictions").iterdir():
        data = gzip.decompress(path.read_bytes()).decode()
        assert data.isascii()
        assert all(text.isascii() for line in data.splitlines() for text in texts(json.loads(line)))
