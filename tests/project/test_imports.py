"""What is never imported, since it costs every process: pandas 0.2 s of a processor and 33 MiB, datasets twice that."""

import pickle
import subprocess
import sys
from itertools import islice

import orjson
import pytest
from conftest import ROOT
from make_corpus import articles

from tasrih.dataset.configs import configs
from tasrih.dataset.schemas import schema
from tasrih.dataset.shards import Portion
from tasrih.reading import slices

HEAVY = "print(*({'datasets', 'pandas'} & set(sys.modules)))"
VALIDATED = f"""
import sys, tasrih
tasrih.validate(sys.argv[1:], within="tests/rules/corpus")
{HEAVY}
"""
BUILT = f"""
import pickle, sys
from tasrih.dataset.shards import build_shard
assert not build_shard(*pickle.load(sys.stdin.buffer)).errors
{HEAVY}
"""
WHOLE = f"""
import sys, tasrih
out, *records = sys.argv[1:]
assert tasrih.build(out, records, sample=2)
{HEAVY}
"""
READ = f"""
import sys, tasrih
tasrih.draft("a.txt", "عنوان\\n\\nقال وزير المياه: «لن نرفع السعر»".encode())
assert [quote.text for quote in tasrih.load().quotes()]
{HEAVY}
"""
EXPLORED = """
import sys, tasrih
from pathlib import Path
from tasrih.explorer.building import explore
explore(tasrih.load(sys.argv[1]), Path(sys.argv[2]))
print(*({"datasets", "numpy", "pandas", "pyarrow"} & set(sys.modules)))
"""


def imported(code, *arguments, given=b""):
    call = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(call, input=given, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def test_validating_imports_neither():
    assert imported(VALIDATED, *map(str, sorted(ROOT.glob("tests/rules/*/*d.json")))) == ""


@pytest.mark.parametrize("rights", ["all", "redistributable"])
def test_a_worker_of_a_build_imports_neither(rights, tmp_path):
    schemas = {config: schema(config) for config in configs(rights)}
    portion = Portion(0, tuple(islice(slices([str(ROOT / "corpus/articles/news")]), 30)))
    assert imported(BUILT, given=pickle.dumps((schemas, str(tmp_path), portion))) == ""


def test_a_whole_build_imports_neither(tmp_path):
    records = islice((ROOT / "corpus/articles/news").glob("*.json"), 30)
    assert imported(WHOLE, tmp_path / "out", *map(str, records)) == ""
    assert (tmp_path / "out/manifest.json").is_file()


def test_a_build_that_finds_doubles_of_a_story_imports_neither(tmp_path):
    with (tmp_path / "records.jsonl").open("wb") as file:
        for article in articles(3, 0):
            for name in ("one", "other"):
                metadata = article["metadata"] | {"story": f"story-{article['id']}"}
                file.write(orjson.dumps(article | {"id": f"{article['id']}-{name}", "metadata": metadata}) + b"\n")
    assert imported(WHOLE, tmp_path / "out", tmp_path / "records.jsonl") == ""


def test_drafting_and_reading_import_neither():
    assert imported(READ) == ""


def test_exploring_records_imports_no_arrow_either(tmp_path):
    assert imported(EXPLORED, str(ROOT / "tests/rules/E116/good.json"), str(tmp_path / "site")) == ""
    assert (tmp_path / "site/index.html").is_file()
