"""What the commands that show a corpus print: in a pipe, in colours, for programs, for a shell."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import conftest
import pytest
from click.testing import CliRunner
from conftest import ROOT, SEED, invoke, read_json

from tasrih.cli import main
from tasrih.validation import RULES

CORPUS = ROOT / "corpus"


def table(*arguments):
    done = invoke(*arguments)
    assert done.exit_code == 0, done.output
    return list(csv.reader(done.stdout.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_command_helps():
    for name in main.commands:
        assert invoke(name, "-h").exit_code == 0
    assert invoke("-h").stdout == invoke("--help").stdout


def test_the_package_is_a_command():
    command = [sys.executable, "-m", "tasrih", "schema", "entities"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert read_json(Path(done.stdout.strip()))["title"] == "Register"
    assert "Usage: tasrih " in subprocess.run([*command[:3], "-h"], capture_output=True, check=True, text=True).stdout


def test_a_list_has_every_article_that_was_asked_for():
    corpus = conftest.corpus()
    assert [row[0] for row in table("list", CORPUS)] == corpus.ids
    seed, *others = table("list", CORPUS, "--collection", "news")
    assert {row[0] for row in others} == {article.id for article in corpus if article.is_withheld}
    assert seed == [SEED, "2021-10-13", "news", str(len(corpus[SEED].quotes)), corpus[SEED].headline]
    assert {row[1][:7] for row in table("list", CORPUS, "--published", "2021-11")} == {"2021-11"}
    listed = json.loads(invoke("list", CORPUS, "--collection", "news", "--format", "json").stdout)
    assert listed[0]["headline"] == corpus[SEED].headline
    assert listed[0]["quotes"] == len(corpus[SEED].quotes)


def test_quotes_are_those_of_a_speaker_and_a_type():
    wanted = list(conftest.corpus().quotes(speaker="لافروف", type="direct"))
    rows = table("quotes", CORPUS, "--speaker", "لافروف", "--type", "direct")
    told = [(quote.article.id, quote.id, "" if quote.article.is_withheld else quote.text) for quote in wanted]
    assert [(row[0], row[1], row[5]) for row in rows] == told
    assert {(row[2], row[3]) for row in rows} == {("direct", "سيرغي لافروف")}
    assert [row[0] for row in rows].count(SEED) == 6
    printed = invoke("quotes", CORPUS, "--speaker", "لافروف", "--type", "direct", "--format", "json").stdout
    assert [[value or "" for value in row.values()] for row in json.loads(printed)] == rows


def test_quotes_are_those_that_a_query_holds_of():
    wanted = [
        (quote.article.id, quote.id) for quote in conftest.corpus().quotes("type=direct cue=قال", speaker="لافروف")
    ]
    rows = table("quotes", CORPUS, "--where", "type=direct cue=قال", "--speaker", "لافروف")
    assert [(row[0], row[1]) for row in rows] == wanted
    assert wanted
    wrong = invoke("quotes", CORPUS, "--where", "type=direct speeker=x")
    assert wrong.exit_code == 2
    assert "at character 13" in wrong.stderr
    assert "Did you mean speaker?" in wrong.stderr
    assert "speaker.form" in invoke("quotes", "-h").stdout


def test_every_format_has_the_same_cells_and_no_formula(tmp_path, seed):
    for words, cue in ((" =1+1 ", "@"), ('"a";b,c', ":"), ("+\nx", "-")):
        quote = seed["quotes"][0] | {"id": f"q{ord(cue)}", "parent": None, "continues": None}
        quote["spans"] = [{"paragraph": "p1", "start": 0, "end": len(words.strip()), "text": words.strip()}]
        quote["cue"] = quote["cue"] | {"text": cue}
        seed["quotes"].append(quote)
    seed["quotes"] = seed["quotes"][-3:]
    (tmp_path / "x.json").write_text(json.dumps(seed), encoding="utf-8")
    rows = table("quotes", tmp_path)
    assert [row[4:] for row in rows] == [["@", "=1+1"], [":", '"a";b,c'], ["-", "+ x"]]
    printed = csv.DictReader(invoke("quotes", tmp_path, "--format", "csv").stdout.splitlines())
    assert [list(row.values())[4:] for row in printed] == [["'@", "'=1+1"], [":", '"a";b,c'], ["'-", "'+ x"]]
    assert list(printed.fieldnames) == ["article", "quote", "type", "speaker", "cue", "text"]
    told = json.loads(invoke("quotes", tmp_path, "--format", "json").stdout)
    assert [row["text"] for row in told] == ["=1+1", '"a";b,c', "+\nx"]
    assert invoke("quotes", tmp_path, "--format", "json", "--where", "لا").stdout == "[]\n"


@pytest.mark.parametrize(
    "arguments", [["list", "--published", "1999"], ["quotes", "--speaker", "لا أحد"], ["search", "لاشيءكهذا"]]
)
def test_nothing_found_is_said(arguments):
    done = invoke(*arguments)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "No " in done.stderr


def test_cells_hold_no_tab_and_nothing_that_steers(tmp_path, seed):
    seed["paragraphs"][0]["text"] = "a\tb\x1b[31m\nc"
    seed["quotes"], seed["entities"], seed["terms"] = [], [], []
    (tmp_path / "x.json").write_text(json.dumps(seed), encoding="utf-8")
    (row,) = table("list", tmp_path)
    assert row[4] == "a b�[31m c"


def test_without_colours_there_are_marks_and_no_legend_of_colours():
    shown = invoke("show", SEED).stdout
    assert "{e2 وزير {e3 الخارجية} {e4 الروسي}} {e1 سيرغي لافروف}، ⟦q2 ضرورة قطع" in shown
    assert "⟨أكد⟩" in shown
    assert "magenta" not in shown
    assert "partial" not in shown.splitlines()[1]
    assert "q1 quote" in shown.splitlines()[1]


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({"FORCE_COLOR": "1", "TERM": "xterm-256color"}, True),
        ({"FORCE_COLOR": "1", "TERM": "xterm-256color", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, False),
    ],
)
def test_colours_or_marks(variables, coloured):
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    command = [sys.executable, "-m", "tasrih", "show", ROOT / f"corpus/articles/news/{SEED}.json"]
    done = subprocess.run(command, capture_output=True, env=kept | variables, check=True)
    shown = done.stdout.decode()
    assert ("\x1b[" in shown) == coloured
    assert ("⟦q1" in shown) != coloured


def test_quotes_and_terms_are_listed_with_their_words():
    lines = [line.replace("\u2067", "").replace("\u2069", "") for line in invoke("show", SEED).stdout.splitlines()]
    at = next(number for number, line in enumerate(lines) if line.startswith("q12 "))
    assert lines[at + 1].strip() == "قرارها بسحب قواتها المسلحة من هناك"
    assert any(line.startswith("t4 ") and "طالبان" in line for line in lines)


def test_a_record_or_a_draft_is_shown_by_its_file(tmp_path, seed):
    draft = tmp_path / "draft.json"
    draft.write_bytes(invoke("draft", ROOT / "docs/example.txt", "--published", "2024-05-04").stdout_bytes)
    shown = invoke("show", draft)
    assert shown.exit_code == 0
    assert shown.stdout.startswith("2024-05-04-example")
    assert invoke("show", "--corpus", draft, "2024-05-04-example").stdout == shown.stdout
    (tmp_path / "two.jsonl").write_text(f"{json.dumps(seed)}\n{json.dumps(seed | {'id': 'other'})}\n", "utf-8")
    several = invoke("show", tmp_path / "two.jsonl")
    assert several.exit_code == 2
    assert "holds 2 articles" in several.stderr
    assert invoke("show", "--corpus", tmp_path / "two.jsonl", "other").exit_code == 0
    assert invoke("show", tmp_path / "missing.json").exit_code == 2


def complete(line):
    """What bash is offered for the last word of a line."""
    words = line.split(" ")
    variables = {"_TASRIH_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    printed = CliRunner().invoke(main, env=variables, prog_name="tasrih").stdout
    return [found.partition(",")[2] for found in printed.splitlines() if found]


def test_shells_complete_queries():
    from tasrih.queries.completion import completions

    assert [query for query, _ in completions("type=direct -speaker.")] == [
        "type=direct -speaker.form=",
        "type=direct -speaker.type=",
    ]
    assert [query for query, _ in completions("cue.kind=verb|p")] == [
        f"cue.kind=verb|{kind}" for kind in ("participle", "preposition", "punctuation")
    ]
    assert "phenomenon=elided-chain" in dict(completions("phenomenon=e"))
    assert "split=" in complete("tasrih quotes --where sp")


def test_shells_complete_commands_ids_and_codes(tmp_path):
    assert complete("tasrih conf") == ["confirm"]
    assert complete(f"tasrih show {SEED[:14]}") == [SEED]
    assert complete("tasrih explain m11") == [code for code in RULES if code.startswith("M11")]
    (tmp_path / "harbour.json").write_text("{}", encoding="utf-8")
    assert complete(f"tasrih show --corpus {tmp_path} h") == ["harbour"]
    assert complete("tasrih show --corpus nowhere h") == []


def test_a_hit_is_cut_only_where_the_paragraph_goes_on(tmp_path, seed):
    seed["quotes"], seed["entities"], seed["terms"] = [], [], []
    seed["paragraphs"] = [
        {"id": "p1", "role": "body", "text": "وصلت ١٢ سفينة"},
        {"id": "p2", "role": "body", "text": f"{'ا' * 30} 12 {'ا' * 30}"},
        {"id": "p3", "role": "body", "text": f"۱۲ {'ا' * 29}"},
    ]
    (tmp_path / "x.json").write_text(json.dumps(seed), encoding="utf-8")
    lines = invoke("search", "12", "--corpus", tmp_path).stdout.splitlines()
    shown = [line.partition("\t")[2].strip("\u2067\u2069") for line in lines]
    assert shown == ["وصلت ١٢ سفينة", f"…{'ا' * 29} 12 {'ا' * 29}…", f"۱۲ {'ا' * 29}"]


@pytest.mark.parametrize("width", [40, 90])
def test_explanations_and_figures_fit_into_the_terminal(width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    listed = invoke("explain").stdout.splitlines()
    assert max(map(len, listed)) <= width
    explained = invoke("explain", "Q101").stdout.partition("bad:")[0].splitlines()
    assert max(map(len, explained)) <= width
    record = CORPUS / f"articles/news/{SEED}.json"
    printed = invoke("score", record, record).stdout
    assert "…" not in printed
    assert max(map(len, printed.splitlines())) <= width
    assert all(name in printed for name in ("gold", "found", "95 %", "mean ± sd", "quotes ≥ ½", "attribution ≥ ½"))


def test_findings_are_coloured_in_a_terminal_alone(seed, monkeypatch):
    seed["quotes"][0]["speaker"]["entity"] = "e99"
    given = json.dumps(seed)
    told = CliRunner().invoke(main, ["validate", "-"], input=given, color=True).stdout
    assert "\x1b[31m\x1b[1mQ113 error\x1b[0m" in told
    assert "\x1b" not in CliRunner().invoke(main, ["validate", "-"], input=given).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in CliRunner().invoke(main, ["validate", "-"], input=given, color=True).stdout
