"""How long it takes to put stand-off records together: from a clone of a repository with a file for each.

python benchmarks/hydration.py [--articles N]

Beside it: git alone, reading the same files of the same commit, and validation of the same records.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import orjson

import tasrih
from tasrih.record import Article, Json, to_json
from tasrih.standoff.hydration import put_together
from tasrih.standoff.models import digest, standoff, withheld

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
from make_corpus import articles

GIT = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]


def prepared(folder: Path, count: int) -> list[Json]:
    """A clone with a text for each article, and the records, which say where it is."""
    clone, made = folder / "clones/archive", list(articles(count, 1))
    for number, one in enumerate(made):
        text = "\n".join(paragraph["text"] for paragraph in one["paragraphs"]) + "\n"
        file = clone / f"texts/{number % 50}/{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        one["metadata"]["source"] = {"path": f"sources/{number}.txt", "sha256": digest(text)}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*GIT, *command], cwd=clone, check=True)
    told = subprocess.run([*GIT, "rev-parse", "HEAD"], cwd=clone, check=True, capture_output=True)
    for number, one in enumerate(made):
        one["metadata"]["source"]["locator"] = {
            "repository": "github.com/nahr/archive",
            "commit": told.stdout.decode().strip(),
            "path": f"texts/{number % 50}/{number}.txt",
            "format": "plain",
            "extractor": 1,
        }
    return made


def written(folder: Path, records: list[Json]) -> Path:
    """The records without their words, as a corpus folder."""
    for one in records:
        file = folder / "so/articles" / one["metadata"]["collection"] / f"{one['id']}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(to_json(standoff().model_validate_json(orjson.dumps(withheld(one)))))
    return folder / "so"


def timed(job: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of this process's processor time."""
    clock, processor = time.perf_counter(), time.process_time()
    job()
    return time.perf_counter() - clock, time.process_time() - processor


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        records = prepared(folder, count)
        standing = written(folder, records)
        asked = "".join(f"HEAD:{one['metadata']['source']['locator']['path']}\n" for one in records).encode()
        cat = [*GIT, "cat-file", "--batch"]
        whole = [Article.model_validate_json(orjson.dumps(one)) for one in records]
        jobs: dict[str, Callable[[], object]] = {
            "git alone": lambda: subprocess.run(
                cat, input=asked, cwd=folder / "clones/archive", capture_output=True, check=True
            ),
            "put together from a clone": lambda: put_together(standing, folder / "clones", folder / "out", force=True),
            "validated": lambda: tasrih.validate([standing]),
            "written as they are": lambda: [to_json(one) for one in whole],
        }
        print(f"{count} records")
        for name, job in jobs.items():
            clock, processor = timed(job)
            print(f"{name:28} {clock:7.2f} s, {processor:7.2f} s of this process")
        states = (folder / "out/hydration.tsv").read_text(encoding="utf-8").count("\twhole\t")
        print(f"{states} whole")
        shutil.rmtree(folder / "out")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    main(parser.parse_args().articles)
