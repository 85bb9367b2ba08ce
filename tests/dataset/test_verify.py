"""What `tasrih verify` finds in a dataset that somebody changed."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import RECORD, ROOT, invoke
from hypothesis import given, settings
from hypothesis import strategies as st
from make_corpus import articles

import tasrih
from tasrih.dataset.splits import split_of

SHARD = "data/{}/train-00000-of-00001.parquet"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The dataset of the seed and of 120 made-up articles: several row groups in train."""
    folder = tmp_path_factory.mktemp("verify")
    records = [RECORD, *articles(120, 1)]
    (folder / "made.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tasrih.dataset.shards.GROUP", 64)
        return tasrih.build(folder / "dataset", [folder / "made.jsonl"], within=ROOT / "corpus")


@pytest.fixture
def dataset(built, tmp_path):
    shutil.copytree(built, tmp_path / "dataset")
    return tmp_path / "dataset"


def listed(dataset, path):
    """Makes the manifest list a file as it is."""
    manifest = json.loads((dataset / "manifest.json").read_bytes())
    data = (dataset / path).read_bytes()
    for file in (*manifest["files"], *manifest["documents"]):
        if file["path"] == path:
            file |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (dataset / "manifest.json").write_text(json.dumps(manifest))


def changed(dataset, config, column, row, change):
    """Changes a value and the manifest with it; everything else stays, down to the row groups."""
    path = SHARD.format(config)
    parquet = pq.ParquetFile(dataset / path)
    groups = [parquet.read_row_group(number) for number in range(parquet.num_row_groups)]
    parquet.close()
    first = 0
    row += sum(map(len, groups)) if row < 0 else 0
    with pq.ParquetWriter(dataset / path, groups[0].schema) as writer:
        for group in groups:
            values = group[column].to_pylist()
            if first <= row < first + len(values):
                values[row - first] = change(values[row - first])
            first += len(values)
            field = group.schema.field(column)
            new = group.set_column(group.schema.get_field_index(column), field, pa.array(values, field.type))
            writer.write_table(new.cast(groups[0].schema), row_group_size=max(1, len(new)))
    listed(dataset, path)


def set_in(*path):
    """A function that changes what is deep inside a value."""
    *steps, last, new = path

    def change(value):
        inner = value
        for step in steps:
            inner = inner[step]
        inner[last] = new
        return value

    return change


def test_what_was_built_is_whole(built):
    assert pq.read_metadata(built / SHARD.format("articles")).num_row_groups > 1
    assert tasrih.verify(built) == []


@pytest.mark.parametrize(
    ("config", "column", "row", "change", "why"),
    [
        ("quotes", "text", 3, lambda text: text[:-1], "is not what its article makes it"),
        ("quotes", "speaker_id", -1, lambda _: "e99", "'e99'"),
        ("quotes", "article_id", 2, lambda _: "nobody", "'nobody'"),
        ("quotes", "cue_start", 1, lambda start: start + 1, ""),
        ("quotes", "spans", 4, set_in(0, "end", 7), ""),
        ("quotes", "speaker_text", 0, lambda _: None, "None"),
        ("terms", "text", 2, lambda text: text + "ا", "is not what its article makes it"),
        ("terms", "entity_id", 1, lambda _: "e99", "'e99'"),
        ("entities", "start", 70, lambda start: start - 1, ""),
        ("entities", "wikidata", -2, lambda _: "Q1", "'Q1'"),
        ("tokens", "tokens", 5, set_in(0, "x"), ""),
        ("tokens", "starts", 6, set_in(1, 0), ""),
        ("tokens", "ner_tags", -3, lambda tags: [1] * len(tags), ""),
        ("articles", "paragraphs", 90, set_in(1, "text", "x"), "is not '"),
        ("articles", "quotes", 0, set_in(0, "spans", 0, "start", 1), "p1[1:77] is not '"),
        ("articles", "quotes", 0, set_in(0, "spans", 0, "end", 2**31 - 1), "is not '"),
        ("articles", "quotes", 85, set_in(0, "cue", "text", "x"), "is not 'x'"),
        ("articles", "quotes", 1, set_in(0, "speaker", "entity", "e77"), "'e77' is none of the article's entities"),
        ("articles", "quotes", 1, set_in(0, "parent", "q77"), "'q77' is none of the article's quotes"),
        ("articles", "quotes", 1, set_in(0, "spans", []), "(at /quotes/0/spans)"),
        ("articles", "quotes", 1, set_in(0, "type", "loud"), "(at /quotes/0/type)"),
        ("articles", "entities", 1, set_in(0, "name", None), "(at /entities/0/name)"),
        ("articles", "schema_version", 2, lambda _: None, ""),
    ],
)
def test_a_changed_value_is_found_in_its_file_row_and_column(dataset, config, column, row, change, why):
    changed(dataset, config, column, row, change)
    fault, *others = tasrih.verify(dataset)
    assert fault.file == SHARD.format(config)
    assert fault.row == (row if row >= 0 else row + pq.read_metadata(dataset / fault.file).num_rows)
    assert fault.column.split(".")[0] == ("quotes" if column == "paragraphs" else column)
    assert why in fault.why
    assert {other.file for other in others} <= {fault.file}


def test_a_row_too_few_is_found(dataset):
    path = SHARD.format("entities")
    parquet = pq.ParquetFile(dataset / path)
    groups = [parquet.read_row_group(number) for number in range(parquet.num_row_groups)]
    with pq.ParquetWriter(dataset / path, groups[0].schema) as writer:
        for group in groups:
            writer.write_table(group.slice(1))
    listed(dataset, path)
    assert f"{path}: it has" in str(tasrih.verify(dataset)[0])
    manifest = (dataset / "manifest.json").read_text()
    rows = sum(map(len, groups))
    (dataset / "manifest.json").write_text(manifest.replace(f'"rows": {rows}', f'"rows": {rows - len(groups)}'))
    assert "rows where there should be" in tasrih.verify(dataset)[0].why


def test_other_features_are_found(dataset):
    path = dataset / SHARD.format("quotes")
    table = pq.read_table(path)
    pq.write_table(table.drop_columns("cue"), path)
    assert ("cue", path.relative_to(dataset).as_posix()) in {(f.column, f.file) for f in tasrih.verify(dataset)}
    number = table.schema.get_field_index("start")
    pq.write_table(table.set_column(number, "start", table["start"].cast(pa.int64())), path)
    assert "start" in {fault.column for fault in tasrih.verify(dataset)}
    pq.write_table(table.replace_schema_metadata(None), path)
    assert any("features" in fault.why for fault in tasrih.verify(dataset))


@pytest.mark.parametrize(
    ("damage", "path", "why"),
    [
        (lambda file: file.unlink(), SHARD.format("quotes"), "missing"),
        (lambda file: file.unlink(), "README.md", "missing"),
        (lambda file: file.write_bytes(b"PAR1" + file.read_bytes()[4:-1] + b"X"), SHARD.format("tokens"), "SHA-256"),
        (lambda file: file.write_bytes(file.read_bytes()[:-9]), SHARD.format("articles"), "bytes"),
        (lambda file: file.write_text("x"), "notes.txt", "not list"),
        (lambda file: file.write_text("{"), "manifest.json", "damaged"),
    ],
)
def test_damaged_files_are_found(dataset, damage, path, why):
    damage(dataset / path)
    assert [fault for fault in tasrih.verify(dataset) if fault.file == path and why in fault.why]


def test_a_flipped_byte_anywhere_is_a_fault_and_no_traceback(dataset):
    path = SHARD.format("articles")
    whole = (dataset / path).read_bytes()
    for place in range(0, len(whole), len(whole) // 6):
        (dataset / path).write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        assert path in {fault.file for fault in tasrih.verify(dataset)}


def test_a_table_that_the_manifest_forgot_with_its_file_is_missed(dataset):
    path = SHARD.format("tokens")
    manifest = json.loads((dataset / "manifest.json").read_bytes())
    manifest["files"] = [file for file in manifest["files"] if file["path"] != path]
    (dataset / "manifest.json").write_text(json.dumps(manifest))
    (dataset / path).unlink()
    assert [str(fault) for fault in tasrih.verify(dataset)] == [f"{path}: the manifest lacks it"]


def forget(dataset, path):
    """Takes a document out of the folder and of the manifest."""
    manifest = json.loads((dataset / "manifest.json").read_bytes())
    manifest["documents"] = [document for document in manifest["documents"] if document["path"] != path]
    (dataset / "manifest.json").write_text(json.dumps(manifest))
    (dataset / path).unlink()


@pytest.mark.parametrize("path", ["README.md", "croissant.json", "LICENSE", "CITATION.cff", "entities.json"])
def test_a_document_that_is_gone_from_both_is_missed(dataset, path):
    forget(dataset, path)
    assert path in {fault.file for fault in tasrih.verify(dataset)}


@pytest.mark.parametrize("version", ["9.9.9", "x", "", "0.0.0\n"])
def test_another_version_in_the_manifest_is_found(dataset, version):
    manifest = json.loads((dataset / "manifest.json").read_bytes())
    (dataset / "manifest.json").write_text(json.dumps(manifest | {"version": version}))
    (fault,) = tasrih.verify(dataset)
    assert fault.file == "manifest.json"
    assert repr(version) in fault.why


def swapped(path, target):
    data = path.read_bytes()
    path.unlink()
    target.write_bytes(data)
    path.symlink_to(target)


ODD = {
    "link": lambda path: path.symlink_to("README.md"),
    "broken": lambda path: path.symlink_to("nowhere"),
    "folder": lambda path: path.symlink_to("data", target_is_directory=True),
    "pipe": os.mkfifo,
    "LICENSE": lambda path: swapped(path, path.parent.parent / "elsewhere"),
    "manifest.json": lambda path: path.write_text("[" * 100_000),
    "data/quotes": lambda path: path.rename(path.parents[2] / "quotes") and path.symlink_to(path.parents[2] / "quotes"),
}


@pytest.mark.parametrize("path", ODD)
def test_what_is_no_file_of_the_dataset_is_found_without_waiting(dataset, path):
    ODD[path](dataset / path)
    assert path in {fault.file for fault in tasrih.verify(dataset)}


def test_a_dataset_in_the_cache_of_a_hub_is_whole(dataset, tmp_path):
    snapshot = tmp_path / "datasets--x/snapshots/abc"
    (tmp_path / "datasets--x/blobs").mkdir(parents=True)
    for file in [path for path in dataset.rglob("*") if path.is_file()]:
        blob = tmp_path / "datasets--x/blobs" / hashlib.sha256(file.read_bytes()).hexdigest()
        blob.write_bytes(file.read_bytes())
        (snapshot / file.relative_to(dataset)).parent.mkdir(parents=True, exist_ok=True)
        (snapshot / file.relative_to(dataset)).symlink_to(blob)
    assert tasrih.verify(snapshot) == []
    assert len(tasrih.load(snapshot)) == 121


def test_a_folder_with_an_odd_name_is_verified_where_no_links_can_be_made(dataset, tmp_path, monkeypatch):
    def refused(*_):
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refused)
    assert tasrih.verify(dataset.rename(tmp_path / "odd [1]")) == []


def test_load_follows_no_link_out_of_the_dataset(dataset, tmp_path):
    swapped(dataset / SHARD.format("articles"), tmp_path / "elsewhere")
    with pytest.raises(tasrih.TasrihError, match="leads out"):
        next(iter(tasrih.load(dataset)))


def test_a_changed_sample_is_found(tmp_path):
    (tmp_path / "made.jsonl").write_text("".join(json.dumps(made) + "\n" for made in articles(3, 1)))
    dataset = tasrih.build(tmp_path / "dataset", [tmp_path / "made.jsonl"], sample=2)
    manifest = json.loads((dataset / "manifest.json").read_bytes())
    (sample,) = (file for file in manifest["files"] if file["config"] == "sample")
    sample["digest"] = "0" * 32
    (dataset / "manifest.json").write_text(json.dumps(manifest))
    assert [(fault.file, "digest" in fault.why) for fault in tasrih.verify(dataset)] == [(sample["path"], True)]
    pq.write_table(pq.read_table(dataset / sample["path"]).slice(1), dataset / sample["path"])
    assert sample["path"] in {fault.file for fault in tasrih.verify(dataset)}


def test_pages_have_checksums_that_are_read(dataset):
    path = dataset / SHARD.format("articles")
    column = pq.read_metadata(path).row_group(0).column(0)
    data = bytearray(path.read_bytes())
    place = column.data_page_offset + column.total_compressed_size // 2
    data[place] ^= 1
    path.write_bytes(data)
    listed(dataset, path.relative_to(dataset).as_posix())
    assert any("CRC" in fault.why or "cannot be read" in fault.why for fault in tasrih.verify(dataset))
    with pytest.raises(tasrih.TasrihError, match="tasrih verify"):
        [article.record for article in tasrih.load(dataset)]


VALUES = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(max_size=4) | st.lists(st.none(), max_size=2)
)


@settings(max_examples=40)
@given(data=st.data())
def test_any_manifest_is_told_of_without_a_traceback(small, data):
    manifest = json.loads((small / ".whole.json").read_bytes())
    inner, keys = manifest, ["version", "rights", "files", "documents"]
    key = data.draw(st.sampled_from(keys))
    if key in ("files", "documents") and data.draw(st.booleans()):
        inner = data.draw(st.sampled_from(manifest[key]))
        key = data.draw(st.sampled_from(sorted(inner)))
    known = [file["path"] for file in manifest["files"]] + ["articles", "sample", "withheld", "test", "partial"]
    inner[key] = data.draw(VALUES | st.sampled_from(known))
    (small / "manifest.json").write_text(json.dumps(manifest))
    made_by = manifest["tasrih"] if isinstance(manifest.get("tasrih"), str) else None  # of which nothing else tells
    whole = manifest == json.loads((small / ".whole.json").read_bytes()) | {"tasrih": made_by}
    assert (tasrih.verify(small) == []) == whole


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A dataset of one article, with its manifest twice; the one that is hidden counts for nothing."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "made.jsonl").write_text(json.dumps(next(articles(1, 1))))
    out = tasrih.build(folder / "dataset", [folder / "made.jsonl"])
    (out / "manifest.json").rename(out / ".whole.json")
    return out


def test_hidden_files_do_not_count(dataset):
    (dataset / ".gitattributes").touch()
    (dataset / ".cache").mkdir()
    (dataset / ".cache/x").touch()
    assert tasrih.verify(dataset) == []


def apart(tmp_path, monkeypatch, *records):
    """The dataset of records that are put into the splits of their ids, whatever they hold."""
    monkeypatch.setattr("tasrih.dataset.building.moved", lambda files, *_: [{} for _ in files])
    (tmp_path / "made.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return tasrih.build(tmp_path / "dataset", [tmp_path / "made.jsonl"])


def in_two_splits():
    made = list(articles(40, 2))
    first = made[0]
    return first, next(
        other for other in made if split_of(f"article {other['id']}") != split_of(f"article {first['id']}")
    )


def test_near_duplicates_in_two_splits_are_found(tmp_path, monkeypatch):
    one, other = in_two_splits()
    dataset = apart(tmp_path, monkeypatch, one, one | {"id": other["id"]})
    (fault,) = tasrih.verify(dataset)
    assert one["id"] in fault.why
    assert other["id"] in fault.why
    assert (fault.row, fault.column) == (0, "id")


def test_a_story_in_two_splits_is_found(tmp_path, monkeypatch):
    one, other = in_two_splits()
    for record in (one, other):
        record["metadata"]["story"] = "a-story"
    monkeypatch.setattr(
        "tasrih.dataset.splits.Member.name", property(lambda member: f"article {member.id}"), raising=True
    )
    dataset = apart(tmp_path, monkeypatch, one, other)
    monkeypatch.undo()
    assert "belongs together" in tasrih.verify(dataset)[0].why


def test_the_command_exits_with_0_1_and_2(dataset, tmp_path):
    assert invoke("verify", dataset).exit_code == 0
    (dataset / "README.md").unlink()
    told = invoke("verify", dataset)
    assert (told.exit_code, told.stderr) == (1, "")
    assert "README.md: it is missing" in told.stdout
    assert invoke("verify", tmp_path).exit_code == 2
    assert invoke("verify", tmp_path / "nowhere").exit_code == 2
