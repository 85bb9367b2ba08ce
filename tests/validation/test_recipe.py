"""A rule added as docs/architecture.md says is asked of every record, on every road that records take."""

import gzip
import json

import pytest
import recipes
from conftest import ROOT
from make_corpus import articles as articles_made
from recipes import run

RECORDS = list(articles_made(3, 7))
QUOTES = sum(len(record["quotes"]) for record in RECORDS)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A house in which the toy rule stands at the end of its family, and its records in all forms."""
    names = ("src", "pyproject.toml", "CHANGELOG.md", "CITATION.cff", "DATASHEET.md", "LICENSE-DATA.md")
    house = recipes.copied(tmp_path_factory.mktemp("house"), *names)
    for name in ("schema", "corpus"):
        (house / name).symlink_to(ROOT / name)
    recipes.follow(house, "Add a rule", "validation/rules/quotes.py")
    folder = house / "given/articles/composed"
    folder.mkdir(parents=True)
    for record in RECORDS:
        (folder / f"{record['id']}.json").write_text(json.dumps(record, ensure_ascii=False, indent=2), "utf-8")
    lines = "".join(json.dumps(record) + "\n" for record in RECORDS).encode()
    (house / "lines.jsonl").write_bytes(lines)
    (house / "lines.jsonl.gz").write_bytes(gzip.compress(lines))
    return house


ROADS = """
import sys
from pathlib import Path
import orjson
from tasrih import validate
from tasrih.dataset.building import build
from tasrih.errors import TasrihError
from tasrih.validation.roads import check

records = list(map(orjson.loads, open("lines.jsonl", "rb")))
files = sorted(Path("given").rglob("*.json"))
roads = {
    "folder": validate("given"),
    "files": validate(files),
    "lines": validate("lines.jsonl"),
    "packed": validate("lines.jsonl.gz"),
    "dicts": validate(records),
    "selected": validate("lines.jsonl", select="Q199"),
    "of all others": validate("given", ignore=["T", "A", "E", "M"]),
    "alone": [finding for record in records for finding in check(f"{record['id']}.json", orjson.dumps(record))],
}
found = {road: [finding.code for finding in report] for road, report in roads.items()}
try:
    build("built", ["lines.jsonl"])
except TasrihError as error:
    found["built"] = str(error)
print(orjson.dumps(found).decode())
"""


def test_it_is_asked_on_every_road(house):
    done = run(house, "-c", ROADS)
    found = json.loads(done.stdout or "{}")
    assert "Q199" in found.pop("built", done.stderr.decode())
    assert found == dict.fromkeys(found, ["Q199"] * QUOTES)


def test_it_is_asked_by_several_processes(house):
    done = run(house, "-m", "tasrih", "validate", "given", "lines.jsonl", "--jobs", "2", "--format", "json")
    codes = [finding["code"] for finding in json.loads(done.stdout or '{"findings": []}')["findings"]]
    assert (done.returncode, codes.count("Q199")) == (1, 2 * QUOTES), done.stderr


def test_it_is_explained(house):
    assert b"A quote is there" in run(house, "-m", "tasrih", "explain", "Q199").stdout
