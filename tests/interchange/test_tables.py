"""What is only written: quotes as CSV, tokens as IOB2 columns, plain text; as those read it who made these formats."""

import csv
import io
import json

import pytest
from conftest import WITH_WORDS, invoke, read_json
from own import record as own_record

import tasrih
from tasrih.columnar import Layout, of_records
from tasrih.dataset.features import FEATURES
from tasrih.dataset.tables import cut
from tasrih.interchange.registry import FORMATS
from tasrih.interchange.tables import COLUMNS, LAYERS
from tasrih.record import Article

SAMPLE = list(map(read_json, WITH_WORDS[::15]))


def written(name, *records, folder):
    """The one file of some records."""
    for record in records:
        (folder / f"{record['id']}.json").write_text(json.dumps(record), encoding="utf-8")
    done = invoke("export", "--to", name, folder, "--out", f"{folder}/out/")
    assert done.exit_code == 0, done.stderr
    (file,) = (folder / "out").iterdir()
    return file.read_bytes().decode()


def rows_of(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_is_a_quote_with_what_is_known_of_it(tmp_path):
    rows = rows_of(written("csv", *SAMPLE, folder=tmp_path))
    assert tuple(rows[0]) == COLUMNS
    by_id = {(row["article"], row["quote"]): row for row in rows}
    assert len(by_id) == len(rows) == sum(len(record["quotes"]) for record in SAMPLE)
    for record in SAMPLE:
        article = tasrih.article.Article(Article.model_validate_json(json.dumps(record)))
        for quote in article.quotes:
            row = by_id[record["id"], quote.id]
            assert row["words"] == " … ".join(span.text for span in quote.spans)
            assert row["cue"] == (quote.cue.text if quote.cue else "")
            assert row["speaker"].split("; ")[0] == (quote.speaker.name if quote.speaker else "")
            assert (row["paragraph"], int(row["start"])) == (quote.spans[0].paragraph.id, quote.spans[0].start)
    assert any(row["addressee"] for row in rows)
    assert any(row["speaker"] and not row["speaker_words"] for row in rows)


def test_all_who_speak_together_are_named(tmp_path):
    record = own_record()
    start = record["paragraphs"][0]["text"].index("المرفأ")
    mention = {"paragraph": "p1", "start": start, "end": start + 6, "text": "المرفأ", "form": "named"}
    record["entities"].append({"id": "e2", "type": "GPE", "name": "المرفأ", "mentions": [mention]})
    record["quotes"][0]["speaker"]["others"] = ["e2"]
    (row,) = rows_of(written("csv", record, folder=tmp_path))
    assert row["speaker"] == "سهيلة المرجاني; المرفأ"


@pytest.mark.parametrize("words", ["=1+1", "+HYPERLINK(1)", "-2", "@SUM(A1)", "\t=1", " =1", '"=1,2"', "a,b\nc"])
def test_no_cell_is_a_formula_and_none_runs_into_another(words, tmp_path):
    record = own_record()
    record["entities"][0]["name"] = words
    (row,) = rows_of(written("csv", record, folder=tmp_path))
    assert row["speaker"] == (words if words[0] in '"a' else f"'{words}")
    assert (row["quote"], row["end"]) == ("q1", str(record["quotes"][0]["spans"][0]["end"]))


def columns_of(text):
    """The rows of each paragraph by its article and id."""
    found = {}
    for block in text.removesuffix("\n\n").split("\n\n"):
        article = [line for line in block.split("\n") if line.startswith("# id = ")]
        name = article[0].removeprefix("# id = ") if article else next(reversed(found))[0]
        (paragraph,) = (line for line in block.split("\n") if line.startswith("# paragraph = "))
        rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
        found[name, paragraph.removeprefix("# paragraph = ")] = rows
    return found


def test_tags_are_those_of_the_dataset(tmp_path):
    found = columns_of(written("iob2", *SAMPLE, folder=tmp_path))
    table = cut(Layout(of_records(SAMPLE)), "tokens", FEATURES["tokens"].arrow_schema).to_pylist()
    assert len(found) == len(table)
    for row in table:
        tags = [FEATURES["tokens"][f"{layer}_tags"].feature.int2str(row[f"{layer}_tags"]) for layer in LAYERS]
        expected = [list(one) for one in zip(row["tokens"], *tags, strict=True)]
        assert found[row["article_id"], row["paragraph_id"]] == expected
    used = {tag for rows in found.values() for _, *tags in rows for tag in tags}
    assert used > {"O", "B-PERS", "I-PERS", "B-direct", "I-indirect", "B-CUE", "B-SPEAKER"}


def test_tags_score_as_quotes_do(tmp_path):
    found = columns_of(written("iob2", *SAMPLE, folder=tmp_path))
    gold = [Article.model_validate_json(json.dumps(record)) for record in SAMPLE]
    made = [
        {
            "id": record["id"],
            "tags": {
                f"{layer}_tags": [
                    [row[1 + number] for row in found[record["id"], one["id"]]] for one in record["paragraphs"]
                ]
                for number, layer in enumerate(LAYERS)
            },
        }
        for record in SAMPLE
    ]
    scores = tasrih.score(gold, made)
    assert scores.invalid.invalid == 0
    assert scores.groups["all"].counts["cues overlap"].f1 > 0.9
    assert scores.groups["all"].counts["quotes overlap"].f1 > 0.7


def test_plain_text_is_a_paragraph_a_line(tmp_path):
    text = written("text", own_record(), folder=tmp_path)
    assert text == "".join(f"{paragraph['text']}\n" for paragraph in own_record()["paragraphs"])


def test_what_is_only_written_is_not_read(tmp_path):
    only = [name for name, one in FORMATS.items() if one.read is None]
    assert set(only) >= {"chat", "iob2", "csv", "text"}
    for name in only:
        done = invoke("import", name, tmp_path)
        assert (done.exit_code, "this format is only written" in done.stderr) == (2, True)
