"""What type checkers say of scripts that use the package."""

import re
import subprocess
import sys
import textwrap

from conftest import ROOT

RECIPES = "architecture.md"  # the boxes of which are parts of files, and are put into them by test_recipes.py
PAGES = sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.name != RECIPES)
DOCUMENTS = ["README.md", *(f"docs/{name}" for name in PAGES)]
SCRIPT = '''
from collections import Counter
from pathlib import Path

import tasrih


def speakers(corpus: tasrih.Corpus) -> Counter[str]:
    """How often who is quoted directly."""
    quotes = corpus.quotes(type="direct")
    return Counter(quote.speaker.name for quote in quotes if quote.speaker)


def told(quote: tasrih.Quote) -> str:
    cue: tasrih.Cue | None = quote.cue
    speaker: tasrih.Participant | None = quote.speaker
    paragraph: tasrih.Paragraph = quote.paragraph
    left, match, right = quote.context(20)
    form = speaker.form if speaker else ""
    return " ".join([quote.type, cue.kind if cue else "", form, paragraph.role, left + match + right])


def main() -> None:
    corpus = tasrih.load()
    article: tasrih.Article = corpus[0]
    first: list[tasrih.Article] = corpus[:3]
    print(speakers(corpus).most_common(3), told(first[0].quotes[0]), article in corpus)
    for entity in article.entities:
        print(entity.name, [mention.start for mention in entity.mentions], [quote.id for quote in entity.quotes])
    report: tasrih.Report = tasrih.validate("corpus", select="Q")
    print(report.ok, tasrih.score(corpus, [article], by="collection").missing, tasrih.to_tei(article))
    try:
        corpus["nothing"]
    except tasrih.NotFoundError as error:
        print(error)
    except (tasrih.MissingError, tasrih.InvalidError) as error:
        path: str | None = error.path
        line: int | None = error.line
        print(path, line, error.place)
    except (tasrih.ArgumentError, tasrih.RefusedError, tasrih.UnavailableError) as error:
        other: tasrih.TasrihError = error
        print(other)
    tasrih.build(Path("out"), "corpus", engine="local", rights="redistributable", sample=1)


main()
'''
WRONG = {
    'tasrih.load().quotes(type="dirct")': "arg-type",
    'tasrih.load().to_dataset("quote")': "arg-type",
    'tasrih.validate(engine="dask")': "arg-type",
    'tasrih.score("a", "b", by="author")': "arg-type",
    'tasrih.build("out", rights="none")': "arg-type",
    "print(tasrih.load()[0].quotes[0].speaker.name)": "union-attr",
    "print(tasrih.load()[0].quotes[0].cue.text)": "union-attr",
}


CONFIG = """[mypy]
strict = True
allow_untyped_defs = True
allow_untyped_calls = True
[mypy-datasets.*,pandas.*,polars.*,duckdb.*,pyarrow.*]
ignore_missing_imports = True
follow_imports = skip
"""


WALK = "docs/benchmark.md"  # the blocks of which are one script


def blocks(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    found = [textwrap.dedent(block) for block in re.findall(r"```python\n(.*?) *```", text, re.DOTALL)]
    return ["".join(found)] if name == WALK else found


def test_scripts_and_the_examples_of_the_documents_are_strictly_typed_and_what_would_fail_is_told(tmp_path):
    """All in one test, since the first look of mypy at the package takes the most of its time."""
    files = {f"{name}_{number}": block for name in DOCUMENTS for number, block in enumerate(blocks(name))}
    files |= {"script": SCRIPT, "wrong": "import tasrih\n" + "".join(f"{line}\n" for line in WRONG)}
    for name, code in files.items():
        (tmp_path / f"{re.sub(r'[^A-Za-z0-9]', '_', name)}.py").write_text(code, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text(CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "."]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    told = re.findall(r"^(\w+)\.py:(\d+): error: .*\[([\w-]+)\]$", run.stdout, re.MULTILINE)
    expected = [("wrong", str(number), code) for number, code in enumerate(WRONG.values(), 2)]
    assert told == expected, run.stdout + run.stderr
