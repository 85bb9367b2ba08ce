"""Figures as the command tells them: tables, tab-separated values, JSON, and results for the card of a model."""

import csv
import io
import json

import pytest
from conftest import ROOT
from conftest import tasrih as run
from huggingface_hub import ModelCard
from scored import BAD, GOLD, GOOD

import tasrih
from tasrih.record import to_json

SECOND = ROOT / "corpus/annotations/second"


@pytest.fixture
def files(tmp_path):
    """Gold records and two systems, as JSON Lines."""
    for name, side in (("gold", GOLD), ("bad", BAD), ("good", GOOD)):
        lines = [json.dumps(json.loads(to_json(one))) for one in side]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    return [tmp_path / f"{name}.jsonl" for name in ("gold", "bad", "good")]


def printed(*arguments, **environment):
    done = run("score", *arguments, COLUMNS="80", **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def test_all_forms_tell_the_same_figures(files):
    found = json.loads(printed(*files, "--format", "json"))["systems"]
    rows = list(csv.DictReader(io.StringIO(printed(*files, "--format", "tsv")), delimiter="\t"))
    told = printed(*files)
    assert max(map(len, told.splitlines())) <= 80
    for system in ("bad", "good"):
        group = found[system]["groups"]["all"]
        figure, estimate = group["figures"]["quotes"]["overlap"], group["estimates"]["quotes overlap"]["f1"]
        (row,) = (one for one in rows if (one["system"], one["figure"], one["match"]) == (system, "quotes", "overlap"))
        assert [float(row[name]) for name in ("gold", "f1", "f1_low", "f1_high", "f1_mean", "f1_deviation")] == [
            figure["gold"],
            figure["f1"],
            *estimate.values(),
        ]
        assert f"{figure['f1']:.3f} ({estimate['low']:.3f}–{estimate['high']:.3f})" in told
    alone = printed(*files[:2])
    assert f"{estimate['mean']:.3f} ± {estimate['deviation']:.3f}" in printed(files[0], files[2])
    assert max(map(len, alone.splitlines())) <= 80


def test_comparisons_are_told_in_all_forms(files):
    found = json.loads(printed(*files, "--compare", "--format", "json"))
    assert found["systems"] == ["bad", "good"]
    gain = found["groups"]["all"]["figures"]["quotes"]["exact"]
    rows = list(csv.DictReader(io.StringIO(printed(*files, "--compare", "--format", "tsv")), delimiter="\t"))
    row = next(one for one in rows if (one["figure"], one["match"]) == ("quotes", "exact"))
    assert (float(row["gain"]), float(row["p"])) == (gain["gain"], gain["p"])
    told = printed(*files, "--compare")
    assert max(map(len, told.splitlines())) <= 80
    cells = next(line.split() for line in told.splitlines() if line.split()[:1] == ["quotes"])
    assert cells[1:4] == [f"{gain['one']:.3f}", f"{gain['other']:.3f}", f"{gain['gain']:+.3f}"]
    assert cells[-1] == f"{gain['p']:.4f}"


def test_names_of_files_are_no_markup_and_fit(files, tmp_path):
    odd = [tmp_path / f"[red]{'long' * 30}.jsonl", tmp_path / "[blink].jsonl"]
    for path, other in zip(odd, files[1:], strict=True):
        other.rename(path)
    for told in (printed(files[0], *odd), printed(files[0], *odd, "--compare")):
        assert "[red]longlong" in told
        assert "[blink]" in told
        assert max(map(len, told.splitlines())) <= 80


def test_groups_have_a_row_each_with_the_number_of_their_items(files):
    told = printed(*files[:2], "--by", "type")
    rows = {line.split()[0]: line.split()[1:] for line in told.splitlines() if line.split()}
    assert rows["direct"][:3] == ["24", "0.588", "0.588"]
    assert rows["PERS"][:3] == ["24", "1.000", "1.000"]
    assert max(map(len, told.splitlines())) <= 80
    given = printed(*files[:2], "--by", "type", "--given", "quotes")
    assert ["direct", "24", "10", "1.000", "1.000–1.000"] in [line.split() for line in given.splitlines()]


def test_groups_are_of_what_was_tried():
    found = {one.id: [{"id": one.id, "quotes": []}, {"id": one.id, "mentions": []}] for one in GOLD}
    quotes, mentions = ([pair[number] for pair in found.values()] for number in (0, 1))
    kinds = {quote.type for one in GOLD for quote in one.quotes}
    types = {entity.type for one in GOLD for entity in one.entities}
    assert tasrih.score(GOLD, quotes, by="type").groups.keys() == {"all"} | kinds
    assert tasrih.score(GOLD, mentions, by="type").groups.keys() == {"all"} | types


def test_systems_that_tried_other_things_are_not_compared(files, tmp_path):
    for name, layer in (("one", "quotes"), ("other", "mentions")):
        lines = [json.dumps({"id": one.id, layer: []}) for one in GOLD]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    done = run("score", files[0], tmp_path / "one.jsonl", tmp_path / "other.jsonl", "--compare")
    assert done.returncode == 2
    assert "no answers of the same kind" in " ".join(done.stderr.decode().split())
    given = run("score", files[0], tmp_path / "other.jsonl", "--given", "quotes")
    assert "other.jsonl has nothing to count given quotes" in given.stderr.decode()


def test_a_card_holds_the_figures(files):
    told = printed(files[0], files[2], "--card")
    card = ModelCard(f"{told}\n# Good\n", ignore_metadata_errors=False)
    results = {one.metric_name: (one.metric_type, one.metric_value) for one in card.data.eval_results}
    assert card.data.model_name == "good"
    assert results["quotes, overlap ≥ ½"] == ("f1", round(44 / 46, 4))
    assert results["same speaker, overlap ≥ ½"] == ("accuracy", 1.0)
    assert "terms, exact" not in results
    assert {one.dataset_type for one in card.data.eval_results} == {"gold"}


def test_the_ceiling_stands_beside_systems(tmp_path):
    """The second reader has a row of its own, on the articles that the systems have."""
    gold = sorted((ROOT / "corpus/articles/composed").glob("2019*.json"))[:4]
    (tmp_path / "mine").mkdir()
    for path in gold:
        (tmp_path / "mine" / path.name).write_bytes(path.read_bytes())
    done = run("score", ROOT / "corpus/articles/composed", tmp_path / "mine", "--ceiling", "--format", "json")
    assert done.returncode == 1
    systems = json.loads(done.stdout)["systems"]
    assert {name: one["groups"]["all"]["articles"] for name, one in systems.items()} == {
        "mine": 4,
        "second reading": 4,
    }
    alone = tasrih.score(tasrih.load(tmp_path / "mine"), SECOND).groups["all"].counts["mentions exact"].f1
    assert systems["second reading"]["groups"]["all"]["figures"]["mentions"]["exact"]["f1"] == alone < 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "there is nothing to compare with"),
        (["bad", "--compare"], "--compare is of two systems"),
        (["bad", "good", "--card"], "--card is of one system"),
    ],
)
def test_numbers_of_systems_that_cannot_be_are_told(files, arguments, told):
    paths = {path.stem: path for path in files}
    done = run("score", files[0], *(paths.get(one, one) for one in arguments))
    assert done.returncode == 2
    assert told in done.stderr.decode()
