"""The pictures show the corpus as it is."""

import json
import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from conftest import ROOT, SEED

from tasrih.pictures import overview, phenomena_chart
from tasrih.record import Article
from tasrih.statistics import statistics

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def picture():
    return ElementTree.parse(ROOT / "docs/quote.svg").getroot()  # noqa: S314


@pytest.fixture
def counted(seed):
    seed["metadata"]["phenomena"] = ["names-in-marks"]
    return statistics([Article.model_validate_json(json.dumps(seed))])


def words(svg):
    """The stretches of text of a picture, in order."""
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def draw(root, *arguments):
    command = [sys.executable, root / "scripts/draw_picture.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_pictures_are_current():
    assert draw(ROOT, "--check").returncode == 0


def test_a_changed_record_is_noticed_and_drawn(tmp_path, seed):
    for folder in ("corpus", "scripts", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    seed["quotes"][3]["type"] = "partial"
    (tmp_path / f"corpus/articles/news/{SEED}.json").write_text(json.dumps(seed), encoding="utf-8")
    before, overview_before = (tmp_path / "docs/quote.svg").read_bytes(), (tmp_path / "docs/corpus.svg").read_bytes()
    run = draw(tmp_path, "--check")
    assert run.returncode == 1
    assert "draw_picture.py" in run.stderr
    assert (tmp_path / "docs/quote.svg").read_bytes() == before
    assert draw(tmp_path).returncode == 0
    assert draw(tmp_path, "--check").returncode == 0
    assert (tmp_path / "docs/corpus.svg").read_bytes() != overview_before
    assert "quote · partial" in (tmp_path / "docs/quote.svg").read_text(encoding="utf-8")


def test_the_sentence_is_whole_and_broken_between_words(picture, seed):
    lines = ["".join(line.itertext()) for line in picture.findall(f".//{SVG}g[@direction='rtl']/{SVG}text")]
    assert len(lines) == 3
    assert re.sub("[¹²³]", "", " ".join(lines)) == seed["paragraphs"][3]["text"]


def test_each_stretch_has_its_colour_and_number(picture, seed):
    quote = seed["quotes"][3]
    stretches = {}
    for piece in picture.iterfind(f".//{SVG}g[@direction='rtl']/{SVG}text/{SVG}tspan"):
        stretches.setdefault(piece.get("fill"), []).append(piece.text)
    wanted = [quote["cue"], quote["speaker"]["span"], quote["spans"][0]]
    numbered = [span["text"] + number for span, number in zip(wanted, "¹²³", strict=True)]
    assert [" ".join(pieces) for pieces in stretches.values()] == numbered


def test_every_count_stands_beside_its_labels_in_both_scripts(counted):
    shown = words(overview(counted))
    for label, count, arabic in (("indirect", "6", "غير مباشر"), ("participle", "1", "حال"), ("elided", "3", "محذوف")):
        at = shown.index(label)
        assert shown[at : at + 3] == [label, count, arabic]
    assert shown[shown.index("13–16") + 1] == "1"


def test_bars_are_as_long_as_the_counts(counted):
    bars = ElementTree.fromstring(overview(counted)).findall(f".//{SVG}g/{SVG}rect")  # noqa: S314
    verb, participle = (int(bar.get("width")) for bar in bars[10:12])
    assert verb == pytest.approx(11 * participle, abs=11)


def test_phenomena_are_counted_by_article(counted):
    shown = words(phenomena_chart(counted))
    assert shown[shown.index("names-in-marks") + 1] == "1"
    assert shown[shown.index("no-quotes") + 1] == "0"


@pytest.mark.parametrize("name", ["quote", "corpus", "phenomena"])
def test_a_picture_brings_its_own_paper(name):
    root = ElementTree.parse(ROOT / f"docs/{name}.svg").getroot()  # noqa: S314
    paper = root.find(f"{SVG}rect")
    assert (paper.get("fill"), int(paper.get("width"))) == ("#fffdf8", int(root.get("width")) - 2)
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text


def test_it_can_be_read_aloud_and_loads_nothing(picture):
    assert picture.find(f"{SVG}title").text
    assert picture.find(f"{SVG}desc").text
    assert not {"script", "style", "image", "use"} & {element.tag.removeprefix(SVG) for element in picture.iter()}
