"""Records travel without their words, and are put together where somebody has them."""

import json
import shutil
import subprocess
import sys
import time
import zipfile
from urllib.parse import quote

import orjson
import pytest
from conftest import ROOT, SEED, WITH_WORDS, commit, invoke, read_json
from hosts import serve
from hypothesis import given, settings
from strategies import articles

import tasrih
from tasrih.reading import slices
from tasrih.record import Article, to_json
from tasrih.standoff.filling import filled, full, mask, masked, read_article, texts_of
from tasrih.standoff.hydration import REPORT, Texts, put_together, together
from tasrih.standoff.models import MASK, digest, is_standoff, measures, standoff, withheld
from tasrih.validation import batches

HEADLINE = "الوزيرة سلمى الحداد: الجسر مفتوح"
BODY = "قالت الوزيرة سلمى الحداد إن الجسر مفتوح منذ يوم السبت."
OTHER = "وأضافت أن العمال أنهوا الدهان."
TEXT = f"{HEADLINE}\n\n{BODY}\n{OTHER}\n"
FORMATS = {
    "plain": ("texts/a.txt", [], TEXT.encode()),
    "lines": ("texts/many.txt", [2, 4], f"x\n{HEADLINE}\n{BODY}\n{OTHER}\ny\n".encode()),
    "ant-xml": ("xml/1.txt", [], f"<TITLE>{HEADLINE}</TITLE>\n<TEXT>{BODY}\n{OTHER}</TEXT>".encode()),
    "zipjson": ("zip/1.zip", [1], b""),
}


def span(paragraph, text, words, **more):
    start = text.index(words)
    return {"paragraph": paragraph, "start": start, "end": start + len(words), "text": words, **more}


def record(name, kind, commit_id="0" * 40):
    """A full record of TEXT, which a file of this format has."""
    path, item, _ = FORMATS[kind]
    locator = {
        "repository": "github.com/nahr/archive",
        "commit": commit_id,
        "path": path,
        "format": kind,
        "item": item,
        "extractor": 1,
    }
    speaker = span("p2", BODY, "الوزيرة سلمى الحداد")
    return {
        "schema_version": "1.0",
        "id": name,
        "metadata": {
            "language": "ar",
            "collection": "press",
            "origin": "published",
            "published": "2024-05-04",
            "publisher": "نهر",
            "rights": {"holder": "نهر", "license": None, "redistribution": "unknown"},
            "source": {"path": f"sources/{name}.txt", "sha256": digest(TEXT), "locator": locator},
            "annotation": {
                "status": "reviewed",
                "guidelines": "1.1",
                "annotators": [{"id": "reader-1", "kind": "human"}],
            },
        },
        "paragraphs": [
            {"id": "p1", "role": "headline", "text": HEADLINE},
            {"id": "p2", "role": "body", "text": BODY},
            {"id": "p3", "role": "body", "text": OTHER},
        ],
        "quotes": [
            {
                "id": "q1",
                "type": "indirect",
                "spans": [span("p2", BODY, "الجسر مفتوح منذ يوم السبت")],
                "cue": span("p2", BODY, "قالت", kind="verb"),
                "speaker": {"entity": "e1", "form": "named", "span": speaker},
            },
            {
                "id": "q2",
                "type": "indirect",
                "spans": [span("p3", OTHER, "العمال أنهوا الدهان")],
                "cue": span("p3", OTHER, "أضافت", kind="verb"),
                "speaker": {"entity": "e1", "form": "elided", "span": None},
            },
        ],
        "terms": [],
        "entities": [
            {
                "id": "e1",
                "type": "PERS",
                "name": "سلمى الحداد",
                "mentions": [
                    span("p1", HEADLINE, "سلمى الحداد", form="named"),
                    span("p2", BODY, "سلمى الحداد", form="named"),
                ],
            }
        ],
    }


def corpus(folder, records):
    """A corpus folder without words: those records, withheld."""
    for one in records:
        file = folder / "articles/press" / f"{one['id']}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(to_json(standoff().model_validate_json(orjson.dumps(withheld(one)))))
    return folder


@pytest.fixture
def archive(tmp_path):
    """A clone of the repository, and the id of its commit."""
    folder = tmp_path / "clones/archive"
    for path, _, data in FORMATS.values():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    with zipfile.ZipFile(folder / FORMATS["zipjson"][0], "w") as packed:
        items = [{"title": "x", "content": "y"}, {"title": HEADLINE, "content": f"{BODY}\n{OTHER}"}]
        packed.writestr("1.json", json.dumps(items))
    commit(folder)
    told = subprocess.run(["git", "-C", folder, "rev-parse", "HEAD"], check=True, capture_output=True)
    return folder, told.stdout.decode().strip()


@pytest.fixture
def records(archive):
    return [record(f"of-{kind}", kind, archive[1]) for kind in FORMATS]


def states(folder):
    rows = [line.split("\t") for line in (folder / REPORT).read_text(encoding="utf-8").splitlines()]
    return {row[0]: row[1] for row in rows[1:]}


def test_what_was_withheld_comes_back_from_clones(tmp_path, archive, records):
    done = put_together(corpus(tmp_path / "so", records), archive[0].parent, tmp_path / "out")
    assert [outcome.state for outcome in done.outcomes] == ["whole"] * 4
    for one in records:
        assert read_json(tmp_path / f"out/articles/press/{one['id']}.json") == one
        assert (tmp_path / f"out/sources/{one['id']}.txt").read_text(encoding="utf-8") == TEXT
    report = tasrih.validate([tmp_path / "out"])
    assert set(report.by_code()) == {"C102"}  # four times the same text
    assert {article.text for article in tasrih.load(tmp_path / "out")} == {f"{HEADLINE}\n{BODY}\n{OTHER}"}


def test_one_file_changed_one_missing_one_moved_and_the_others_go_on(tmp_path, archive, records):
    folder, _ = archive
    shutil.rmtree(folder / ".git")
    (folder / "texts/a.txt").write_text(TEXT.replace("يوم السبت", "يوم الجمعة"), encoding="utf-8")
    (folder / "texts/many.txt").unlink()
    (folder / "xml/1.txt").rename(folder / "zip/1.txt")
    standing = corpus(tmp_path / "so", records)
    done = invoke("hydrate", standing, "--from", folder.parent, "--out", tmp_path / "out")
    assert (done.exit_code, states(tmp_path / "out")) == (
        0,
        {"of-plain": "aligned", "of-lines": "missing", "of-ant-xml": "whole", "of-zipjson": "whole"},
    )
    assert "of-lines: missing" in done.stderr
    assert "of-plain: aligned" in done.stderr
    assert "moved" in done.stderr
    assert "4 articles: 2 whole, 1 aligned, 1 missing" in done.stderr
    changed = read_json(tmp_path / "out/articles/press/of-plain.json")
    assert changed["quotes"][0]["spans"][0]["text"] == "الجسر مفتوح منذ يوم الجمعة"
    assert set(tasrih.validate([tmp_path / "out"]).by_code()) == {"C102"}  # all have the same text


def test_nothing_is_overwritten_without_force_and_nothing_found_is_no_success(tmp_path, archive, records):
    standing, empty = corpus(tmp_path / "so", records), tmp_path / "empty"
    empty.mkdir()
    done = invoke("hydrate", standing, "--from", empty, "--out", tmp_path / "out")
    assert (done.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert done.stderr.count("missing") == 5
    assert invoke("hydrate", standing, "--from", archive[0], "--out", tmp_path / "out").exit_code == 0
    again = invoke("hydrate", standing, "--from", archive[0], "--out", tmp_path / "out")
    assert (again.exit_code, "--force" in again.stderr) == (1, True)
    assert invoke("hydrate", standing, "--from", archive[0], "--out", tmp_path / "out", "--force").exit_code == 0


@pytest.mark.parametrize("options", [[], ["--from", ".", "--fetch"]])
def test_texts_come_from_one_place(tmp_path, options, records):
    done = invoke("hydrate", corpus(tmp_path / "so", records), *options, "--out", tmp_path / "out")
    assert (done.exit_code, "--fetch" in done.stderr) == (2, True)


def test_files_are_fetched_each_once(tmp_path, archive, records):
    folder, commit_id = archive
    with serve() as host:
        for path, _, _ in FORMATS.values():
            host.files[f"/nahr/archive/{commit_id}/{path}"] = (folder / path).read_bytes()
        del host.files[f"/nahr/archive/{commit_id}/texts/many.txt"]
        environment = {
            "TASRIH_MIRROR": host.url + "/{owner}/{name}/{commit}/{path}",
            "TASRIH_CACHE": str(tmp_path / "cache"),
        }
        done = invoke("hydrate", corpus(tmp_path / "so", records), "--fetch", "--out", tmp_path / "out", **environment)
        asked = len(host.asked)
        again = invoke("hydrate", tmp_path / "so", "--fetch", "--out", tmp_path / "out", "--force", **environment)
    assert (done.exit_code, again.exit_code) == (0, 0)
    assert states(tmp_path / "out")["of-plain"] == "whole"
    assert len(host.asked) - asked <= 1  # the one that is not there may be asked for again


def test_full_records_give_their_words(tmp_path):
    copy = tmp_path / "full"
    shutil.copytree(ROOT / "corpus", copy)
    shutil.rmtree(copy / "annotations")
    for file in (copy / "articles").rglob("*.json"):
        if is_standoff(read_json(file)):
            file.unlink()
    assert invoke("withhold", copy, "--out", tmp_path / "so").exit_code == 0
    assert tasrih.validate([tmp_path / "so"]).ok
    tasrih.hydrate(tmp_path / "so", copy, tmp_path / "back")
    for file in WITH_WORDS:
        assert (tmp_path / "back/articles" / file.parent.name / file.name).read_bytes() == file.read_bytes()
    assert (tmp_path / "back/entities.json").read_bytes() == (ROOT / "corpus/entities.json").read_bytes()


@given(articles())
@settings(max_examples=60)
def test_withholding_and_filling_is_the_identity(article):
    article = Article.model_validate_json(orjson.dumps(article)).model_dump(mode="json", exclude_unset=True)
    kept = withheld(article)
    standoff().model_validate_json(orjson.dumps(kept))
    assert '"text":' not in orjson.dumps(kept).decode()
    texts = texts_of(kept, {digest(one["text"]): one["text"] for one in article["paragraphs"]})
    lines = {one["line"]: one["text"] for one in (article["metadata"]["source"] or {}).get("furniture", [])}
    assert full(kept, texts, lines.__getitem__) == article
    for paragraph, hidden in zip(article["paragraphs"], masked(kept)["paragraphs"], strict=True):
        assert [len(word) for word in paragraph["text"].split()] == [len(word) for word in hidden["text"].split()]
        assert len(paragraph["text"]) == len(hidden["text"])


def test_a_record_is_filled_from_its_source():
    kept = withheld(read_json(ROOT / f"corpus/articles/news/{SEED}.json"))
    raw = (ROOT / "corpus" / kept["metadata"]["source"]["path"]).read_bytes()
    assert filled(kept, raw) == read_json(ROOT / f"corpus/articles/news/{SEED}.json")
    assert filled(kept, raw.replace("في".encode(), "فى".encode())) is None


@pytest.mark.parametrize(
    ("paragraph", "shown"),
    [
        (measures("ab  c d"), "▒▒  ▒ ▒"),
        ({"length": 4}, "▒▒▒▒"),
        ({"length": 4, "words": [9]}, "▒▒▒▒"),
        ({"length": 3, "words": [2**23, 2**23]}, "▒▒▒"),
        ({"length": 2, "words": [-2]}, "▒▒"),
    ],
)
def test_a_mask_is_as_long_as_its_text(paragraph, shown):
    assert mask(paragraph) == shown


def test_a_locator_that_leads_outside_gives_nothing_away(tmp_path, archive, records):
    secret = tmp_path / "clones/secret.txt"
    secret.write_text(TEXT, encoding="utf-8")
    records[0]["metadata"]["source"]["locator"]["path"] = "../secret.txt"
    file = tmp_path / "so/articles/press/of-plain.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(orjson.dumps(withheld(records[0])))
    done = invoke("hydrate", file, "--from", archive[0], "--out", tmp_path / "out")
    assert (done.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert "S205" in tasrih.validate([file]).by_code()


def test_a_hash_that_lies_is_told(tmp_path, archive, records):
    records[0]["metadata"]["source"]["sha256"] = "0" * 64
    standing = corpus(tmp_path / "so", records[:1])
    put_together(standing, archive[0], tmp_path / "out")
    assert states(tmp_path / "out") == {"of-plain": "aligned"}


def test_offsets_beyond_the_text_are_found_without_it(tmp_path, records):
    kept = withheld(records[0])
    kept["quotes"][0]["spans"][0]["end"] = len(BODY) + 5
    kept["quotes"][1]["speaker"]["entity"] = "e9"
    kept["paragraphs"][0]["words"][0] += 1
    file = tmp_path / "of-plain.json"
    file.write_bytes(orjson.dumps(kept))
    assert set(tasrih.validate([file]).by_code()) == {"A102", "M129", "Q113"}


def test_words_in_the_corpus_are_checked(tmp_path, records):
    standing = corpus(tmp_path / "so", records[:1])
    assert tasrih.validate([standing]).by_code() == {}
    (standing / "sources").mkdir()
    (standing / "sources/of-plain.txt").write_text(TEXT, encoding="utf-8")
    file = standing / "articles/press/of-plain.json"
    kept = read_json(file)
    kept["quotes"][0]["cue"]["end"] -= 1
    file.write_bytes(orjson.dumps(kept))
    assert "A106" in tasrih.validate([standing]).by_code()
    (standing / "sources/of-plain.txt").write_text("x", encoding="utf-8")
    assert set(tasrih.validate([standing]).by_code()) == {"M107"}


SLUG = "-".join(BODY.rstrip(".").split())


@pytest.mark.parametrize("slug", [SLUG, quote(SLUG), f"?next={quote(quote(SLUG))}"])
def test_sentences_in_addresses_are_not_passed_on(tmp_path, records, slug):
    records[0]["metadata"]["url"] = f"https://example.org/{slug}"
    file = tmp_path / "of-plain.json"
    file.write_bytes(orjson.dumps(records[0]))
    done = invoke("withhold", file, "--out", tmp_path / "so")
    assert (done.exit_code, (tmp_path / "so").exists()) == (1, False)
    assert "repeats 8 words" in done.stderr
    records[0]["metadata"]["rights"] |= {"redistribution": "permitted"}
    file.write_bytes(orjson.dumps(records[0]))
    assert invoke("withhold", file, "--out", tmp_path / "so").exit_code == 0


def test_names_in_a_row_do_not_give_back_a_sentence(tmp_path, records):
    said = BODY.split()
    first = records[0]["entities"][0] | {"name": " ".join(said[:4])}
    second = first | {"id": "e2", "name": " ".join(said[4:9])}
    records[0]["entities"] = [first, second]
    file = tmp_path / "of-plain.json"
    file.write_bytes(orjson.dumps(records[0]))
    done = invoke("withhold", file, "--out", tmp_path / "so")
    assert (done.exit_code, (tmp_path / "so").exists()) == (1, False)
    assert "names of its entities in a row" in done.stderr
    records[0]["entities"] = [second, first]
    file.write_bytes(orjson.dumps(records[0]))
    assert invoke("withhold", file, "--out", tmp_path / "so").exit_code == 0


def test_a_record_without_words_is_read_with_masks(tmp_path, records):
    standing = corpus(tmp_path / "so", records[:1])
    article = tasrih.load(standing)["of-plain"]
    assert article.is_withheld
    assert "tasrih hydrate" in repr(article)
    assert article.quotes[0].speaker.name == "سلمى الحداد"
    assert article.quotes[0].cue.text == MASK * 4
    data = (standing / "articles/press/of-plain.json").read_bytes()
    assert read_article(data).paragraphs[1].text == "▒▒▒▒ ▒▒▒▒▒▒▒ ▒▒▒▒ ▒▒▒▒▒▒ ▒▒ ▒▒▒▒▒ ▒▒▒▒▒ ▒▒▒ ▒▒▒ ▒▒▒▒▒▒"
    shown = invoke("show", standing / "articles/press/of-plain.json", COLUMNS="200")
    assert "▒▒▒▒" in shown.stdout
    assert "`tasrih hydrate`" in shown.stdout


def test_readings_without_words_are_compared_with_each_other_and_with_full_ones(tmp_path, records):
    standing, whole = corpus(tmp_path / "so", records), tmp_path / "full.jsonl"
    whole.write_bytes(b"\n".join(orjson.dumps(one) for one in records))
    for other in (standing, whole):
        figures = tasrih.agree(standing, other).groups["all"]
        assert figures.alpha["mentions"] == 1
    records[0]["paragraphs"][2]["text"] = "كلام آخر تماما."
    records[0]["quotes"].pop()
    whole.write_bytes(b"\n".join(orjson.dumps(one) for one in records))
    with pytest.raises(tasrih.ArgumentError, match="paragraph 3 is not the same"):
        tasrih.agree(standing, whole)


def test_formatting_keeps_records_without_words(tmp_path, records):
    standing = corpus(tmp_path / "so", records[:1])
    file = standing / "articles/press/of-plain.json"
    before = file.read_bytes()
    file.write_bytes(orjson.dumps(orjson.loads(before)))
    assert invoke("format", standing).exit_code == 0
    assert file.read_bytes() == before


@pytest.mark.parametrize("command", [["export", "--to", "tei"], ["confirm", "--annotator", "reader-1"]])
def test_what_needs_words_says_that_they_are_withheld(tmp_path, records, command):
    file = corpus(tmp_path / "so", records[:1]) / "articles/press/of-plain.json"
    done = invoke(*command, file)
    assert (done.exit_code > 0, "tasrih hydrate" in done.stderr) == (True, True)


def test_a_hydration_that_is_killed_leaves_whole_files(tmp_path, archive):
    standing = corpus(tmp_path / "so", [record(f"n-{number}", "plain", archive[1]) for number in range(300)])
    command = ["hydrate", standing, "--from", archive[0], "--out", tmp_path / "out"]
    quiet = {"stderr": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    child = subprocess.Popen([sys.executable, "-m", "tasrih", *command], **quiet)
    while not list((tmp_path / "out/articles").rglob("*.json")) and child.poll() is None:
        time.sleep(0.005)
    child.kill()
    child.wait()
    files = [file for file in (tmp_path / "out").rglob("*.json") if not file.name.startswith(".")]
    assert files
    for file in files:
        Article.model_validate_json(file.read_bytes())
    assert invoke(*command, "--force").exit_code == 0
    assert len(list((tmp_path / "out/articles/press").glob("n-*.json"))) == 300
    assert [file.name for file in (tmp_path / "so").iterdir()] == ["articles"]


def test_an_article_is_put_together_only_with_its_own_text(records):
    kept = withheld(records[0])
    stranger = read_json(WITH_WORDS[0]) | {"id": "of-plain"}
    known = {"of-plain": Article.model_validate_json(orjson.dumps(stranger))}
    with pytest.raises(tasrih.InvalidError, match="the text is another one"):
        together(kept, Texts(known))


def test_records_with_words_are_taken_along(tmp_path, archive, records):
    standing = corpus(tmp_path / "so", records[:1])
    shutil.copytree(ROOT / "corpus/sources", standing / "sources")
    shutil.copy(ROOT / "corpus/entities.json", standing)
    (standing / "articles/news").mkdir()
    shutil.copy(ROOT / f"corpus/articles/news/{SEED}.json", standing / "articles/news")
    tasrih.hydrate(standing, archive[0], tmp_path / "out")
    assert states(tmp_path / "out") == {SEED: "whole", "of-plain": "whole"}
    assert tasrih.validate([tmp_path / "out"]).by_code() == {}


def test_what_is_mended_in_a_record_without_words_has_none(tmp_path, records):
    standing = corpus(tmp_path / "so", records[:1])
    file = standing / "articles/press/of-plain.json"
    kept = read_json(file)
    kept["entities"][0]["mentions"].reverse()
    file.write_bytes(orjson.dumps(kept))
    assert set(tasrih.validate([standing]).by_code()) == {"E112"}
    invoke("validate", "--fix", standing)
    assert tasrih.validate([standing]).by_code() == {}
    assert withheld(records[0]) == read_json(file)


def misfit(name, change):
    return pytest.param(change, id=name)


@pytest.mark.parametrize(
    "change",
    [
        misfit("beyond", lambda kept: kept["quotes"][0]["spans"][0].update(end=len(BODY) + 5)),
        misfit("backwards", lambda kept: kept["quotes"][0]["cue"].update(start=4, end=2)),
        misfit("nowhere", lambda kept: kept["entities"][0]["mentions"][0].update(paragraph="p9")),
        misfit("one id twice", lambda kept: kept["paragraphs"][2].update(id="p2")),
        misfit("a length that lies", lambda kept: kept["paragraphs"][1].update(length=10**7)),
        misfit(
            "no such line", lambda kept: kept["metadata"]["source"].update(furniture=[{"line": 9, "kind": "other"}])
        ),
    ],
)
def test_no_words_are_made_up_for_a_record_that_fits_no_text(tmp_path, archive, records, change):
    standing = corpus(tmp_path / "so", records[:2])
    file = standing / "articles/press/of-plain.json"
    kept = read_json(file)
    change(kept)
    file.write_bytes(orjson.dumps(kept))
    done = put_together(standing, archive[0], tmp_path / "out")
    assert states(tmp_path / "out") == {"of-plain": "missing", "of-lines": "whole"}
    assert "mistake" not in done.outcomes[1].cause
    assert MASK not in "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "out").rglob("*.json"))
    assert not (tmp_path / "out/sources/of-plain.txt").exists()


def test_a_pointer_of_thousands_of_digits_leads_nowhere(tmp_path, archive, records):
    records[0]["waivers"] = [{"rule": "C102", "at": f"/quotes/{'9' * 5000}", "reason": "x"}]
    file = archive[0] / "texts/a.txt"
    shutil.rmtree(archive[0] / ".git")
    file.write_text(TEXT.replace("يوم السبت", "يوم الجمعة"), encoding="utf-8")
    put_together(corpus(tmp_path / "so", records[:1]), archive[0].parent, tmp_path / "out")
    assert states(tmp_path / "out") == {"of-plain": "aligned"}


def test_of_an_article_all_files_are_written_or_none(tmp_path, archive, records):
    twin, neighbour = records[0] | {"metadata": dict(records[0]["metadata"])}, records[1]
    twin["metadata"]["source"] = records[0]["metadata"]["source"] | {"path": "sources/twin.txt"}
    lines = [orjson.dumps(withheld(one)) for one in (records[0], twin, neighbour)]
    (tmp_path / "so.jsonl").write_bytes(b"\n".join(lines))
    (tmp_path / "out/sources/of-lines.txt").mkdir(parents=True)
    done = put_together(tmp_path / "so.jsonl", archive[0], tmp_path / "out")
    assert [outcome.state for outcome in done.outcomes] == ["whole", "missing", "missing"]
    assert "has the same id" in done.outcomes[1].cause
    files = {file.name for file in (tmp_path / "out").rglob("*") if file.is_file()}
    assert files == {"of-plain.json", "of-plain.txt", REPORT}


def test_two_texts_of_one_name_are_told(tmp_path, archive, records):
    (archive[0] / "texts/b.txt").write_text(f"{HEADLINE}\n\n{BODY}\n", encoding="utf-8")
    records[1]["metadata"]["source"] |= {"path": "sources/of-plain.txt", "sha256": digest(f"{HEADLINE}\n\n{BODY}\n")}
    records[1]["metadata"]["source"]["locator"] |= {"path": "texts/b.txt", "format": "plain", "item": []}
    records[1] |= {"paragraphs": records[1]["paragraphs"][:2], "quotes": records[1]["quotes"][:1]}
    shutil.rmtree(archive[0] / ".git")
    done = put_together(corpus(tmp_path / "so", records[:2]), archive[0].parent, tmp_path / "out")
    assert sorted(outcome.state for outcome in done.outcomes) == ["missing", "whole"]
    assert "sources/of-plain.txt: another article given here has the same source" in "".join(map(str, done.outcomes))


@pytest.mark.parametrize("command", [["withhold"], ["hydrate", "--from"]])
def test_a_broken_register_is_told_before_anything_is_written(tmp_path, archive, records, command):
    standing = corpus(tmp_path / "so", records)
    (standing / "entities.json").write_text("{", encoding="utf-8")
    done = invoke(*command, *([archive[0]] if len(command) > 1 else []), standing, "--out", tmp_path / "out")
    assert (done.exit_code, "entities.json" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_records_without_words_are_withheld_as_they_are(tmp_path, records):
    standing = corpus(tmp_path / "so", records)
    (standing / "articles/press/full.json").write_bytes(orjson.dumps(records[0] | {"id": "full"}))
    assert invoke("withhold", standing, "--out", tmp_path / "again").exit_code == 0
    for one in records:
        file = f"articles/press/{one['id']}.json"
        assert (tmp_path / "again" / file).read_bytes() == (standing / file).read_bytes()
    assert read_json(tmp_path / "again/articles/press/full.json") == withheld(records[0]) | {"id": "full"}


def test_full_records_serve_wherever_they_lie(tmp_path, records):
    standing, loose, whole = corpus(tmp_path / "so", records), tmp_path / "loose", tmp_path / "full"
    loose.mkdir()
    (whole / "articles/press").mkdir(parents=True)
    for folder in (loose, whole / "articles/press"):
        for one in records:
            (folder / f"{one['id']}.json").write_bytes(orjson.dumps(one))
    for number, source in enumerate((loose, whole, whole / "articles", whole / "articles/press")):
        done = put_together(standing, source, tmp_path / f"out-{number}")
        assert {outcome.state for outcome in done.outcomes} == {"whole"}


def test_other_json_beside_clones_is_no_record(tmp_path, archive, records):
    (archive[0].parent / "package.json").write_text("{}", encoding="utf-8")
    done = put_together(corpus(tmp_path / "so", records), archive[0].parent, tmp_path / "out")
    assert {outcome.state for outcome in done.outcomes} == {"whole"}


def test_short_records_of_long_texts_are_looked_through_a_few_at_a_time(tmp_path, records, monkeypatch):
    kept = withheld(records[0])
    kept["paragraphs"][2] |= {"length": 100_000, "words": []}
    lines = [orjson.dumps(kept | {"id": f"n-{number}"}) for number in range(6)]
    (tmp_path / "so.jsonl").write_bytes(b"\n".join(lines))
    monkeypatch.setattr(batches, "_BATCH_BYTES", 250_000)
    parts = list(slices([tmp_path / "so.jsonl"]))
    inspections = batches.inspections_of(parts)
    assert [batch.num_rows for batch in batches.examined(batches.Task(), parts, inspections)] == [2, 2, 2]
    assert (inspections[0].report.records, inspections[0].report.findings) == (6, [])


@pytest.mark.parametrize("command", [["withhold"], ["hydrate", "--from"]])
def test_records_are_not_overwritten_with_what_is_made_of_them(tmp_path, archive, records, command):
    home = tmp_path / "home"
    file = home / "articles/press/of-plain.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(to_json(Article.model_validate_json(orjson.dumps(records[0]))))
    before = file.read_bytes()
    (tmp_path / "link").symlink_to(home)
    command = [*command, archive[0]] if len(command) > 1 else command
    for path, out in ((home, home), (file, home), (home / "articles", tmp_path / "link")):
        done = invoke(*command, path, "--out", out, "--force")
        assert (done.exit_code, "holds the records" in done.stderr, file.read_bytes()) == (2, True, before)
    with pytest.raises(tasrih.RefusedError):
        tasrih.withhold(home, home, force=True)


def test_a_source_beside_full_records_tells_more_than_their_words(tmp_path, records):
    standing, whole = corpus(tmp_path / "so", records[:1]), tmp_path / "full"
    file = whole / "articles/press/of-plain.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(orjson.dumps(records[0]).replace("السبت".encode(), "الأحد".encode()))
    (whole / "sources").mkdir()
    for text, state in ((TEXT, "whole"), (TEXT.replace("السبت", "الأحد"), "aligned")):
        (whole / "sources/of-plain.txt").write_text(text, encoding="utf-8")
        tasrih.hydrate(standing, whole, tmp_path / state)
        assert states(tmp_path / state) == {"of-plain": state}
        assert tasrih.validate([tmp_path / state]).by_code() == {}
