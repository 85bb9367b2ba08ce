"""The recipes of docs/architecture.md hold what they promise: all are followed in one copy of the house."""

import json

import pytest
import recipes
from conftest import RECORD, SEED, thin
from make_corpus import articles
from recipes import run

TITLES = ["Add a rule", "Add a format", "Add a config", "Add a drafting rule", "Add a phenomenon"]
FOLDERS = ("src", "tests", "scripts", "schema", "corpus", "docs")
FILES = ("pyproject.toml", "CHANGELOG.md", "CITATION.cff", "DATASHEET.md", "LICENSE-DATA.md", "README.md")
MADE = next(articles(1, 7))
SILENT = MADE | {"quotes": [], "terms": [], "entities": []}
SILENT["paragraphs"] = [
    {"id": "p1", "role": "headline", "text": "وصل الماء"},
    {"id": "p2", "role": "body", "text": "إلى القرية"},
]
WALK = """
import json
import sys
from pathlib import Path
sys.path.insert(0, "scripts")
import tasrih
import update_rules
from tasrih.dataset.verify.folder import verify
from tasrih.interchange import exported, imported
from tasrih.validation import validate
from tasrih.validation.fast.doubts import CHECKS

seed = sys.argv[1]
(one,) = exported(seed, "compact")
Path(one.name).write_bytes(one.data)
built = tasrih.build("built", "silent.jsonl")
print(json.dumps({
    "vouched": sum("Q199" in codes for codes in CHECKS.values()),
    "found": len(list(validate(seed, select="Q199"))),
    "example": update_rules.example("Q199")["found"].splitlines()[0],
    "name": one.name,
    "lines": len(one.data.splitlines()),
    "back": [made.name for made in imported(one.name, "compact")],
    "rows": [row["text"] for row in tasrih.load(built).to_dataset("paragraphs")],
    "faults": [str(fault) for fault in verify(built)],
}))
"""
TESTS = (
    "tests/interchange/test_formats.py::test_the_corpus_comes_back[compact]",
    "tests/interchange/test_formats.py::test_what_is_left_out_is_told_with_counts[compact]",
    "tests/interchange/test_formats.py::test_what_is_none_of_it_is_told_with_its_file[compact]",
    "tests/interchange/test_formats.py::test_the_page_of_formats_is_up_to_date",
    "tests/drafting/test_drafting.py::test_a_brand_in_marks_is_a_name",
    "tests/test_phenomena.py::test_there_is_a_case_for_every_phenomenon",
    "tests/test_phenomena.py::test_what_holds_a_phenomenon_is_told_from_what_does_not[exclamation]",
    "tests/dataset/test_configs.py",
    "tests/text/test_lists.py::test_every_list_is_described_and_no_other",
    "tests/test_house.py::test_every_module_has_its_room_and_every_room_a_module",
)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A house with few articles in which all recipes were followed."""
    house = recipes.copied(tmp_path_factory.mktemp("house"), *FOLDERS, *FILES)
    thin(house / "corpus")
    for title in TITLES:
        recipes.follow(house, title)
    run(house, "scripts/update_formats.py")
    examples = house / "tests/rules/Q199"
    examples.mkdir()
    for name, record in (("bad", MADE), ("good", SILENT)):
        (examples / f"{name}.json").write_text(json.dumps(record | {"id": name}), encoding="utf-8")
    (house / "silent.jsonl").write_text(json.dumps(SILENT), encoding="utf-8")
    return house


def test_every_recipe_is_followed():
    assert recipes.titles() == TITLES


@pytest.mark.parametrize("title", TITLES)
def test_every_place_that_a_recipe_names_is_there(house, title):
    named = {path.replace("<CODE>", "Q199") for path in recipes.paths(title)} - {"croissant.json"}
    assert len(named) > 4
    assert [path for path in sorted(named) if not recipes.at(house, path).exists()] == []


def test_what_is_added_is_written_as_the_rest(house):
    done = [run(house, "-m", "ruff", *arguments, "src", "tests") for arguments in (["check"], ["format", "--check"])]
    assert [told.returncode for told in done] == [0, 0], b"".join(told.stdout + told.stderr for told in done).decode()


def test_the_tests_that_come_with_it_pass(house):
    done = run(house, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *TESTS)
    assert done.returncode == 0, done.stdout.decode()


def test_the_rule_is_asked_the_format_goes_both_ways_and_the_config_is_built(house):
    seed = f"corpus/articles/news/{SEED}.json"
    done = run(house, "-c", WALK, seed)
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert told.pop("rows") == [paragraph["text"] for paragraph in SILENT["paragraphs"]]
    assert told.pop("example") == "A quote is there: q1"
    wanted = {"vouched": 1, "found": len(RECORD["quotes"]), "name": f"{SEED}.line", "lines": 1, "faults": []}
    assert told == wanted | {"back": [f"{SEED}.json"]}


def test_records_are_tagged_and_the_page_of_phenomena_has_the_new_one(house):
    done = run(house, "scripts/update_phenomena.py", "--set", "corpus/articles/news")
    assert done.returncode == 0, done.stderr.decode()
    assert "\n## exclamation\n" in (house / "corpus/PHENOMENA.md").read_text(encoding="utf-8")
