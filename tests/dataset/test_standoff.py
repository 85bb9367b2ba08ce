"""Stand-off records in a dataset: in configs of their own, with null in the place of their words."""

import json
import shutil

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from conftest import RECORD, ROOT, SEED, read_json, tasrih

from tasrih import build, errors, hydrate, load, verify
from tasrih.article import Article
from tasrih.columnar import of_records
from tasrih.dataset import CONFIGS, manifest
from tasrih.dataset.configs import STANDOFF
from tasrih.dataset.digests import Digest
from tasrih.dataset.totals import totals
from tasrih.files import file_sha256
from tasrih.standoff.columns import masked_rows
from tasrih.standoff.filling import masked, read_article
from tasrih.standoff.models import MASK, is_masked, withheld
from tasrih.statistics import statistics

FILES = sorted((ROOT / "corpus/articles/composed").glob("*.json"))[:6]
FULL, BARE = FILES[::2], FILES[1::2]
WORDS = {
    "quotes": ["text", "paragraph", "cue", "speaker_text"],
    "terms": ["text", "paragraph"],
    "entities": ["text", "paragraph"],
}
"""The columns of flat configs that hold words of the text."""


def corpus(folder, full, bare):
    """A corpus of full records and of stand-off ones."""
    home = folder / "articles/composed"
    home.mkdir(parents=True)
    shutil.copy(ROOT / "corpus/entities.json", folder)
    for file in full:
        shutil.copy(file, home)
    for file in bare:
        (home / file.name).write_text(json.dumps(withheld(read_json(file))), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    return corpus(tmp_path_factory.mktemp("mixed") / "corpus", FULL, BARE)


@pytest.fixture(scope="module")
def built(mixed):
    return build(mixed.with_name("built"), [mixed], sample=2)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    folder = corpus(tmp_path_factory.mktemp("bare") / "corpus", [], BARE)
    return build(folder.with_name("built"), [folder], sample=2)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The same articles as those without words, with theirs."""
    return build(tmp_path_factory.mktemp("whole") / "built", BARE, within=ROOT / "corpus")


def rows(out, config):
    return [row for path in sorted((out / "data" / config).iterdir()) for row in pq.read_table(path).to_pylist()]


def rewritten(out, config, change):
    """Puts other rows into the first table of a config, with a manifest that knows of it."""
    file = min((out / "data" / config).iterdir())
    table = pq.read_table(file)
    found = table.to_pylist()
    change(found[0])
    batch = pa.RecordBatch.from_pylist(found, table.schema)
    pq.write_table(pa.Table.from_batches([batch]), file)
    digest = Digest()
    digest.update(batch)
    listed = json.loads((out / "manifest.json").read_text())
    entry = next(each for each in listed["files"] if each["path"] == str(file.relative_to(out)))
    entry |= {"bytes": file.stat().st_size, "sha256": file_sha256(file), "digest": digest.hexdigest()}
    (out / "manifest.json").write_text(json.dumps(listed))


def texts(value):
    """Everything that a record holds under the name of words."""
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    if isinstance(value, dict):
        return [text for name, item in value.items() for text in ([item] if name == "text" else texts(item))]
    return []


def test_stand_off_articles_are_in_configs_of_their_own_and_nowhere_else(built):
    assert verify(built) == []
    assert {row["id"] for row in rows(built, "articles")} == {file.stem for file in FULL}
    assert {row["id"] for row in rows(built, "standoff_articles")} == {file.stem for file in BARE}
    assert {path.name for path in (built / "data").iterdir()} == {*CONFIGS, "sample", *STANDOFF.values()}
    for config in ("quotes", "terms", "entities", "tokens"):
        assert {row["article_id"] for row in rows(built, config)} == {file.stem for file in FULL}
        if config in STANDOFF:
            assert {row["article_id"] for row in rows(built, STANDOFF[config])} == {file.stem for file in BARE}
    assert {row["id"] for row in rows(built, "sample")} <= {file.stem for file in FULL}


def test_no_word_and_no_mask_leaves_and_all_else_stays(built):
    records = {file.stem: read_json(file) for file in BARE}
    for row in rows(built, "standoff_articles"):
        record = records[row["id"]]
        assert set(texts(row)) == {None}
        assert [paragraph["id"] for paragraph in row["paragraphs"]] == [each["id"] for each in record["paragraphs"]]
        assert [entity["name"] for entity in row["entities"]] == [each["name"] for each in record["entities"]]
        assert [quote["type"] for quote in row["quotes"]] == [each["type"] for each in record["quotes"]]
    for config, columns in WORDS.items():
        for row in rows(built, STANDOFF[config]):
            assert [row[column] for column in columns] == [None] * len(columns)
            assert isinstance(row["start"], int)
            assert row["paragraph_id"]
    spoken = [row["speaker"] for row in rows(built, "standoff_quotes")]
    named = {
        entity["name"]
        for record in records.values()
        for entity in record["entities"]
        if entity["id"] in {quote["speaker"]["entity"] for quote in record["quotes"] if quote["speaker"]}
    }
    assert set(filter(None, spoken)) == named
    assert all(None not in texts(row) for row in rows(built, "articles"))
    for path in built.rglob("*"):
        assert path.is_dir() or MASK.encode() not in path.read_bytes()


@pytest.mark.parametrize("config", STANDOFF)
def test_a_stand_off_config_has_the_columns_of_the_other_and_the_rows_of_its_records(built, whole, config):
    words = {
        "text",
        "paragraph",
        "cue",
        "speaker_text",
        "spans",
        "paragraphs",
        "quotes",
        "terms",
        "entities",
        "metadata",
    }

    def bones(found):
        kept = [{name: value for name, value in row.items() if name not in words} for row in found]
        return sorted(kept, key=lambda row: json.dumps(row, ensure_ascii=False))

    assert bones(rows(built, STANDOFF[config])) == bones(rows(whole, config))
    one, other = (min((built / "data" / name).iterdir()) for name in (config, STANDOFF[config]))
    assert pq.read_schema(one).equals(pq.read_schema(other), check_metadata=True)


def test_datasets_loads_every_config(built, bare, tmp_path):
    for folder, due in ((built, [*CONFIGS, "sample", *STANDOFF.values()]), (bare, ["sample", *STANDOFF.values()])):
        assert set(datasets.get_dataset_config_names(str(folder))) == set(due)
        quotes = datasets.load_dataset(str(folder), "standoff_quotes", cache_dir=str(tmp_path))
        found = [row for split in quotes.values() for row in split]
        assert len(found) == sum(len(read_json(file)["quotes"]) for file in BARE)
        assert {row["text"] for row in found} == {None}
        assert {row["quote_id"] for row in found} >= {"q1", "q2"}
    every = datasets.load_dataset(str(bare), cache_dir=str(tmp_path))
    assert sum(len(split) for split in every.values()) == len(BARE)


def test_a_dataset_of_stand_off_records_only_is_whole(bare):
    assert verify(bare) == []
    assert {path.name for path in (bare / "data").iterdir()} == {"sample", *STANDOFF.values()}
    card = (bare / "README.md").read_text(encoding="utf-8")
    assert "The records of all 3 articles are stand-off records" in card
    assert '"tokens"' not in card
    assert "### `standoff_quotes`\n\n| column | type | meaning |" in card
    described = yaml.safe_load(card.split("---\n")[1])
    assert [each["config_name"] for each in described["configs"] if each.get("default")] == ["standoff_articles"]
    example = json.loads(card.split("```json\n")[1].split("```")[0])
    assert example["type"] == "direct"
    assert example["text"] is None
    assert set(load(bare).ids) == {file.stem for file in BARE}


def test_the_card_and_croissant_tell_of_them(built):
    card = (built / "README.md").read_text(encoding="utf-8")
    assert "The records of 3 of the 6 articles are stand-off records" in card
    assert "`tasrih hydrate` puts the words back" in card
    assert "The text of 3 of the 6 articles may be passed on." in card
    assert "### `standoff_quotes`\n\nThe columns of `quotes`, with null for the words." in card
    described = json.loads((built / "croissant.json").read_text(encoding="utf-8"))
    sets = {each["name"]: each for each in described["recordSet"]}
    assert sets.keys() == {"splits", *CONFIGS, "sample", *STANDOFF.values()}
    assert sets["standoff_articles"]["key"] == {"@id": "standoff_articles/id"}
    of_article = {
        field["references"]["field"]["@id"]
        for field in sets["standoff_quotes"]["field"]
        if field["name"] == "article_id"
    }
    assert of_article == {"standoff_articles/id"}
    counted = totals(built, manifest.read(built).files)
    assert (counted.articles, counted.standoff, counted.restricted) == (6, 3, 0)
    assert counted.quotes == sum(len(read_json(file)["quotes"]) for file in FILES)


def test_without_stand_off_records_nothing_is_said_of_them(tmp_path):
    out = build(tmp_path / "out", FULL, within=ROOT / "corpus")
    assert {path.name for path in (out / "data").iterdir()} == set(CONFIGS)
    for name in ("README.md", "croissant.json", "manifest.json"):
        assert "standoff_" not in (out / name).read_text(encoding="utf-8")


def test_a_loaded_dataset_has_both_kinds(built):
    found = load(built)
    assert set(found.ids) == {file.stem for file in FILES}
    for file in BARE:
        article, record = found[file.stem], read_json(file)
        assert article.text.strip() == ""
        assert {paragraph.record.text for paragraph in article.paragraphs} == {None}
        assert [quote.speaker and quote.speaker.name for quote in article.quotes] == [
            quote.speaker and quote.speaker.name for quote in Article(read_article(file.read_bytes())).quotes
        ]
        assert [entity.name for entity in article.entities] == [entity["name"] for entity in record["entities"]]
    speaker = next(quote.speaker.name for quote in found[BARE[0].stem].quotes if quote.speaker)
    assert BARE[0].stem in {quote.article.id for quote in found.quotes(speaker=speaker)}


def _words(row):
    row["quotes"][0]["spans"][0]["text"] = "كلام"


def _paragraph(row):
    row["paragraphs"][0]["text"] = "عنوان"


@pytest.mark.parametrize(
    ("config", "change", "why"),
    [
        ("standoff_articles", _words, "holds words of a stand-off record"),
        ("standoff_articles", _paragraph, "holds words of a stand-off record"),
        ("standoff_quotes", lambda row: row.update(text="كلام"), "'كلام' is not what its article makes it (None)"),
        ("standoff_entities", lambda row: row.update(paragraph="كلام"), "is not what its article makes it (None)"),
        ("articles", lambda row: row["paragraphs"][0].update(text=None), ""),
        ("quotes", lambda row: row.update(text=None), "None is not what its article makes it"),
    ],
)
def test_a_text_where_none_may_be_is_found_and_one_that_is_missing(built, tmp_path, config, change, why):
    out = shutil.copytree(built, tmp_path / "out")
    rewritten(out, config, change)
    faults = verify(out)
    assert {fault.file.split("/")[1] for fault in faults} - {"sample"} == {config}
    assert why in faults[0].why


def test_a_table_that_is_missing_is_found(built, tmp_path):
    out = shutil.copytree(built, tmp_path / "out")
    listed = json.loads((out / "manifest.json").read_text())
    gone = [file["path"] for file in listed["files"] if file["config"] == "standoff_terms"]
    listed["files"] = [file for file in listed["files"] if file["config"] != "standoff_terms"]
    (out / "manifest.json").write_text(json.dumps(listed))
    assert {path for path in gone if any(fault.file == path for fault in verify(out))} == set(gone)


def test_an_id_is_taken_by_a_full_record_and_a_stand_off_one(tmp_path):
    full = read_json(FULL[0])
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in (full, withheld(full))))
    with pytest.raises(errors.TasrihError, match="taken twice"):
        build(tmp_path / "out", [file], within=ROOT / "corpus")


def test_articles_of_one_story_are_in_one_split_whichever_kind_they_are(tmp_path):
    records = [read_json(file) for file in FILES]
    for record in records:
        record["metadata"] |= {"story": "one-story", "split": None}
    records[1::2] = map(withheld, records[1::2])
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    out = build(tmp_path / "out", [file], within=ROOT / "corpus")
    assert verify(out) == []
    assert len({table.split for table in manifest.read(out).files}) == 1


def test_rights_have_no_say_in_them(tmp_path):
    bare = withheld(read_json(BARE[0]))
    bare["metadata"]["rights"]["redistribution"] = "forbidden"
    file = tmp_path / "records.jsonl"
    file.write_text(json.dumps(bare) + "\n" + json.dumps(RECORD) + "\n")
    built = [
        build(tmp_path / rights, [file], within=ROOT / "corpus", rights=rights) for rights in ("all", "redistributable")
    ]
    everything, public = built
    assert verify(public) == []
    assert rows(everything, "standoff_entities") == rows(public, "standoff_entities")
    assert all(row["name"] for row in rows(public, "standoff_entities"))
    assert {row["article_id"] for row in rows(public, "withheld")} == {SEED}
    assert "holds it all the same" in (everything / "README.md").read_text(encoding="utf-8")
    back = hydrate(public, ROOT / f"corpus/articles/news/{SEED}.json", tmp_path / "back")
    assert verify(back) == []
    for config in ("articles", "quotes", *STANDOFF.values()):
        assert rows(back, config) == rows(everything, config)


def test_where_a_corpus_has_the_text_its_record_is_built_with_it(tmp_path):
    home = tmp_path / "corpus"
    (home / "articles/news").mkdir(parents=True)
    (home / "articles/news" / f"{SEED}.json").write_text(json.dumps(withheld(RECORD)), encoding="utf-8")
    shutil.copy(ROOT / "corpus/entities.json", home)
    source = home / RECORD["metadata"]["source"]["path"]
    source.parent.mkdir(parents=True)
    without, with_text = tmp_path / "without", tmp_path / "with"
    build(without, [home])
    shutil.copy(ROOT / "corpus" / RECORD["metadata"]["source"]["path"], source)
    build(with_text, [home])
    assert {path.name for path in (without / "data").iterdir()} == set(STANDOFF.values())
    assert {path.name for path in (with_text / "data").iterdir()} == set(CONFIGS)
    assert texts(rows(with_text, "articles")) == texts([RECORD])


def test_a_dataset_with_only_them_withholds_nothing_that_it_could_put_back(bare, tmp_path):
    with pytest.raises(errors.InvalidError, match="put back into their records"):
        hydrate(bare, ROOT / "corpus", tmp_path / "out")


def test_any_number_of_processes_and_a_build_that_goes_on_make_the_same(mixed, built, tmp_path):
    for number, given in enumerate(({"jobs": 2}, {"resume": True})):
        out = build(tmp_path / f"out-{number}", [mixed], sample=2, **given)
        for path in (path.relative_to(built) for path in built.rglob("*.parquet")):
            assert (out / path).read_bytes() == (built / path).read_bytes()


@pytest.mark.parametrize("config", CONFIGS)
def test_records_in_memory_give_null_where_a_mask_is(mixed, config):
    found = load(mixed).to_dataset(config)
    assert MASK not in json.dumps(found.to_list(), ensure_ascii=False)
    ids = {file.stem for file in (FULL if config == "tokens" else FILES)}
    assert set(found["id" if config == "articles" else "article_id"]) == ids
    full = load(ROOT / "corpus")
    records = [full[file.stem].record for file in FULL]
    of_full = [row for row in found.to_list() if row.get("id", row.get("article_id")) in {file.stem for file in FULL}]
    assert None not in (texts(of_full) if config != "tokens" else [])
    assert len(records) == len({row.get("id", row.get("article_id")) for row in of_full})


@pytest.mark.parametrize("kind", ["records", "dataset"])
def test_json_has_null_where_no_words_are(mixed, built, kind):
    corpus = {"records": mixed, "dataset": built}[kind]
    for command in ("list", "quotes"):
        listed = json.loads(tasrih(command, corpus, "--format", "json").stdout)
        name = {"list": "headline", "quotes": "text"}[command]
        bare = {row[name] for row in listed if row.get("id", row.get("article")) in {file.stem for file in BARE}}
        assert bare == {None}
        assert MASK not in json.dumps(listed, ensure_ascii=False)
        assert any(row[name] for row in listed)


def test_what_is_masked_is_told_of_one_record_and_of_many_alike():
    full, bare = read_json(FULL[0]), masked(withheld(read_json(BARE[0])))
    odd = read_json(FULL[1])
    odd["paragraphs"][0]["text"] = MASK * 3
    records = [full, bare, odd, bare]
    assert masked_rows(of_records(records)).tolist() == [False, True, False, True]
    assert [is_masked(read_article(json.dumps(record).encode())) for record in records] == [False, True, False, True]


def test_commands_read_a_dataset_with_both_kinds(mixed, built):
    name = BARE[0].stem
    for arguments in (("stats", built), ("show", name, "--corpus", built), ("search", "قال", "--corpus", built)):
        done = tasrih(*arguments)
        assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
        assert MASK not in done.stdout.decode()
    assert statistics(article.record for article in load(built)).sizes["articles"] == len(FILES)
    refused = tasrih("agree", mixed, built)
    assert refused.returncode == 2
    assert "is not the same" in refused.stderr.decode()
    assert "Compare the records." in tasrih("agree", built, built).stderr.decode()
    assert tasrih("score", built, built).returncode == 0
    assert "withheld" in repr(load(built)[name])
    assert load(built)[name].is_withheld
    assert not load(built)[FULL[0].stem].is_withheld
