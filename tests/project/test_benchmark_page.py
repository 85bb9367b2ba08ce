"""The walk of docs/benchmark.md, from the texts to the figures: in an empty folder, as a stranger begins."""

import json
import re
import shlex
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT, read_json
from conftest import tasrih as run

import tasrih

PAGE = (ROOT / "docs/benchmark.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(python|sh)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def command(line):
    """What a line of the page does; `>` writes what it prints."""
    name, *arguments = shlex.split(line)
    assert name == ".venv/bin/tasrih"
    target = arguments[arguments.index(">") + 1] if ">" in arguments else None
    done = run(*(arguments[: arguments.index(">")] if target else arguments))
    if target:
        Path(target).write_bytes(done.stdout)
    return done


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """The page, done once: the folder, the names of its Python, and what the commands came to."""
    folder = tmp_path_factory.mktemp("walk")
    names, done = {}, []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for language, block in BLOCKS:
            if language == "python":
                exec(block, names)  # noqa: S102
            else:
                done += map(command, block.splitlines())
    return folder, names, done


def test_every_command_runs_and_tells_what_is_missing(walk):
    _, _, done = walk
    assert len(done) == 4
    missing = sum(one.metadata.split == "test" for one in tasrih.load().articles(collection="news"))
    for one in done:
        assert one.returncode == 1
        assert b"invalid" not in one.stderr
        assert f"and {missing - 5} more." in one.stderr.decode()


def test_the_first_system_takes_ten_lines():
    block = next(block for _, block in BLOCKS if "json.dumps" in block)
    assert len([line for line in block.splitlines() if line and "import" not in line]) <= 10


def test_the_figures_are_those_of_the_composed_articles(walk):
    folder, names, done = walk
    of_python = names["scores"].groups["all"].counts["quotes exact"]
    assert of_python.matched > 50
    groups = done[0].stdout.decode().partition("each group")[2]
    row = next(row.split() for row in groups.splitlines() if row.strip().startswith("composed"))
    assert row[1:3] == [str(of_python.gold), f"{of_python.f1:.3f}"]
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert figures["groups"]["composed"]["figures"]["attribution"]["matched"] > 5
    assert figures["invalid"]["invalid"] == 0


def test_both_systems_are_in_one_table_with_their_intervals(walk):
    told = walk[2][1].stdout.decode()
    table = told.partition("marks\n")[0]
    assert re.search(r"^ +gold +marks +led", table, re.MULTILINE)
    assert len(re.findall(r"^ *quotes .*0\.\d+ \(0\.\d+–0\.\d+\).*\(.*\)", table, re.MULTILINE)) == 2


def test_the_second_system_is_held_against_the_first(walk):
    """What it gains is what the page says: speakers for certain, quotes it has fewer."""
    rows = [row.split() for row in walk[2][2].stdout.decode().splitlines()]
    quotes = next(row for row in rows if row[:1] == ["quotes"])
    assert float(quotes[3]) < 0
    assert float(quotes[-1]) < 0.05
    speakers = next(row for row in rows if row[:1] == ["speakers"])
    assert float(speakers[3]) > 0


def test_predictions_keep_the_schema(walk):
    schema = jsonschema.Draft202012Validator(read_json(ROOT / "schema/v1/predictions.schema.json"))
    for name in ("marks.jsonl", "led.jsonl"):
        for line in (walk[0] / name).read_text(encoding="utf-8").splitlines():
            schema.validate(json.loads(line))


def test_articles_without_their_words_score_alike_by_offsets_and_once_hydrated_by_words(walk, tmp_path):
    """The same road as for news, with texts that are here."""
    gold = ROOT / "corpus/articles/composed"
    assert run("withhold", gold, "--out", tmp_path / "withheld").returncode == 0
    assert (
        run("hydrate", tmp_path / "withheld", "--from", ROOT / "corpus", "--out", tmp_path / "hydrated").returncode == 0
    )
    marks = walk[0] / "marks.jsonl"
    expected = run("score", gold, marks, "--split", "test")
    assert expected.returncode == 0
    assert run("score", tmp_path / "withheld", marks, "--split", "test").stdout == expected.stdout
    lines = [json.loads(line) for line in marks.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        texts = {number: one.text for number, one in enumerate(tasrih.load()[line["id"]].paragraphs, 1)}
        for quote in line["quotes"]:
            (span,) = quote["spans"]
            text, words = texts[span["paragraph"]], texts[span["paragraph"]][span["start"] : span["end"]]
            begins = [found.start() for found in re.finditer(f"(?={re.escape(words)})", text)]
            occurrence = begins.index(span["start"]) + 1
            quote["spans"] = [{"paragraph": span["paragraph"], "text": words, "occurrence": occurrence}]
    by_words = tmp_path / "words.jsonl"
    by_words.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run("score", tmp_path / "hydrated", by_words, "--split", "test").stdout == expected.stdout
    refused = run("score", tmp_path / "withheld", by_words, "--split", "test")
    assert refused.returncode == 2
    assert "tasrih hydrate" in refused.stderr.decode()
