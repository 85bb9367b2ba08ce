"""croissant.json, as mlcroissant reads it."""

import json
import math
import re
from pathlib import Path

import mlcroissant
import pyarrow.parquet as pq
import pytest
import yaml
from conftest import RECORD, ROOT
from make_corpus import articles
from mlcroissant._src.core import constants

import tasrih
from tasrih.dataset.features import ALL, features

pytestmark = [  # of mlcroissant's calls to rdflib and pandas
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning"),
]

REQUIRED = ["name", "description", "url", "license", "creator", "publisher", "datePublished", "version", "citeAs"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A dataset with every config: the seed, whose text is withheld, and made-up articles in all splits."""
    folder = tmp_path_factory.mktemp("croissant")
    records = [RECORD, *articles(40, 3)]
    (folder / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    options = {"within": ROOT / "corpus", "rights": "redistributable", "sample": 2}
    return tasrih.build(folder / "dataset", [folder / "records.jsonl"], **options)


@pytest.fixture(scope="module")
def described(built):
    return json.loads((built / "croissant.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def read(built):
    return mlcroissant.Dataset(jsonld=built / "croissant.json")


def leaves(fields, path=()):
    """Every field that holds values: its id, that of the field around it if any, and its path."""
    for field in fields:
        here = (*path, field["name"])
        if "subField" in field:
            yield from (
                (name, around or field["@id"], inner) for name, around, inner in leaves(field["subField"], here)
            )
        else:
            yield field["@id"], field["@id"].rpartition("/")[0] if path else None, here


def plain(value):
    """A value without the types of numpy and pandas; null is None."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list | tuple) or hasattr(value, "tolist"):
        items = value.tolist() if hasattr(value, "tolist") else value
        return [plain(item) for item in items] if isinstance(items, list | tuple) else items
    return None if isinstance(value, float) and math.isnan(value) else value


def found_in(record, name, around):
    if around is None:
        return plain(record[name])
    outer = record[around]
    return [plain(item[name]) for item in outer] if isinstance(outer, list) else plain(outer[name])


def due(value, path):
    """What is at a path of a row: of lists, all that is in their items."""
    if isinstance(value, list):
        return [due(item, path) for item in value]
    return value if not path or value is None else due(value[path[0]], path[1:])


@pytest.mark.parametrize("config", list(ALL))
def test_records_are_the_rows_of_every_config_and_split(config, built, described, read):
    (record_set,) = [one for one in described["recordSet"] if one["@id"] == config]
    split, *fields = record_set["field"]
    paths = sorted((built / "data" / config).iterdir(), key=lambda path: path.name)
    rows = [(path.name.partition("-")[0], row) for path in paths for row in pq.read_table(path).to_pylist()]
    records = list(read.records(config))
    assert [plain(record[split["@id"]]) for record in records] == [name for name, _ in rows]
    for name, around, path in leaves(fields):
        values = [found_in(record, name, around) for record in records]
        wanted = [due(row, path) for _, row in rows]
        missing = ([None], None)
        assert [None if value in missing else value for value in values] == [
            None if value in missing else value for value in wanted
        ], name


def test_every_column_and_field_is_there_but_lists_in_lists(described):
    for record_set in described["recordSet"][1:]:
        config = record_set["@id"]
        assert [field["name"] for field in record_set["field"]] == ["split", *features(config)]
    ids = set(re.findall(r'"@id": "(articles/[^"]+)"', json.dumps(described)))
    assert {"articles/quotes/speaker/span/start", "articles/metadata/rights/redistribution"} <= ids
    assert not any(name.startswith(("articles/quotes/spans", "articles/entities/mentions")) for name in ids)


def test_it_is_valid_without_a_warning(read, caplog):
    issues = read.metadata.ctx.issues
    assert (list(issues.errors), list(issues.warnings)) == ([], [])
    assert caplog.text == ""


@pytest.mark.parametrize("key", REQUIRED)
def test_what_validators_only_warn_about_is_there(described, key):
    assert described[key]


def test_the_vocabulary_for_responsible_ai_has_no_unknown_words(described):
    used = {key for key in described if key.startswith("rai:")}
    known = {f"rai:{str(value).removeprefix(str(constants.RAI))}" for value in vars(constants).values()}
    assert len(used) > 8
    assert used <= known


def test_files_are_listed_with_their_hashes(built, described):
    manifest = json.loads((built / "manifest.json").read_bytes())
    listed = {one["contentUrl"]: one["sha256"] for one in described["distribution"] if one["@type"] == "cr:FileObject"}
    assert listed == {file["path"]: file["sha256"] for file in manifest["files"]}


def cited(folder, published="2021-10-13", **changes):
    """What a dataset says of itself when its corpus has its own citation file."""
    made = next(articles(1, 0))
    made["metadata"]["published"] = published
    (folder / "corpus/articles/composed").mkdir(parents=True)
    (folder / f"corpus/articles/composed/{made['id']}.json").write_text(json.dumps(made))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8")) | changes
    (folder / "CITATION.cff").write_text(yaml.safe_dump(citation))
    return json.loads(Path(tasrih.build(folder / "dataset", [folder / "corpus"]), "croissant.json").read_bytes())


def test_the_date_is_that_of_the_newest_article_or_of_the_release(tmp_path):
    assert cited(tmp_path / "a")["datePublished"] == "2021-10-13"
    assert cited(tmp_path / "b", **{"date-released": "2026-01-31"})["datePublished"] == "2026-01-31"
    assert "datePublished" not in cited(tmp_path / "c", published=None)


def test_authors_are_organisations_or_persons(tmp_path):
    authors = [{"name": "A Society"}, {"given-names": "Salma", "family-names": "Haddad"}]
    names = [(author["@type"], author["name"]) for author in cited(tmp_path, authors=authors)["creator"]]
    assert names == [("sc:Organization", "A Society"), ("sc:Person", "Salma Haddad")]


def test_a_citation_without_authors_is_explained(tmp_path):
    with pytest.raises(tasrih.TasrihError, match=r"CITATION\.cff: needs a title"):
        cited(tmp_path, authors=None)
    assert not (tmp_path / "dataset").exists()
