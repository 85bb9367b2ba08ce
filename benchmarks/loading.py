"""How fast a corpus opens and is read, beside `datasets.load_dataset` on the same files in the same run.

    python benchmarks/loading.py [--articles N]

Each figure is that of a fresh process, the fastest of five; imports are told apart. `datasets` is given a warm cache
for the files (its own copy as Arrow), which `tasrih` does without.
"""

import argparse
import tempfile
from pathlib import Path

from processes import built, made, measured

TIMED = """
import sys, time
folder, name = sys.argv[1:]
{imports}
began = time.perf_counter()
{code}
print(time.perf_counter() - began)
"""
OURS = "import tasrih"
THEIRS = "from datasets import load_dataset; import logging; logging.disable()"
READ = "corpus = tasrih.load(folder)\n{}\nbegan = time.perf_counter()\n"
SPEAKER = "name = next(iter(corpus)).quotes[0].speaker.name"
TASKS = {
    "tasrih.load(), bundled": (OURS, "tasrih.load()"),
    "tasrih.load(), bundled, and its quotes": (OURS, "[quote.text for quote in tasrih.load().quotes()]"),
    "tasrih.load(dataset)": (f"{OURS}, tasrih.dataset.stored", "len(tasrih.load(folder))"),
    "load_dataset, cache warm": (THEIRS, "len(load_dataset(folder, 'articles', split='train'))"),
    "one article by id, the first": (OURS, READ.format("") + "corpus[name].headline"),
    "one article by id, another": (OURS, READ.format("corpus[name]; corpus.ids") + "corpus[corpus.ids[-1]].headline"),
    "quotes of a speaker": (OURS, READ.format(SPEAKER) + "list(corpus.quotes(speaker=name))"),
    "quotes of a speaker, filter of datasets": (
        THEIRS,
        "rows = load_dataset(folder, 'quotes', split='train'); name = rows[0]['speaker']\nbegan = time.perf_counter()\n"
        "rows.filter(lambda names: [other == name for other in names], batched=True, input_columns='speaker', "
        "load_from_cache_file=False)",
    ),
    "5,000 typed articles, headline and quotes' speakers": (
        OURS,
        READ.format("from itertools import islice")
        + "for article in islice(corpus, 5000): article.headline; [quote.speaker.name for quote in article.quotes]",
    ),
    "5,000 typed articles, id and collection": (
        OURS,
        READ.format("from itertools import islice")
        + "for article in islice(corpus, 5000): article.id, article.metadata.collection",
    ),
    "5,000 dicts of datasets": (
        THEIRS,
        "from itertools import islice\nrows = load_dataset(folder, 'articles', split='train')\n"
        "began = time.perf_counter()\nfor row in islice(rows, 5000): row['id']",
    ),
}


def milliseconds(imports: str, code: str, folder: Path, cache: Path) -> float:
    """The fastest of five fresh processes."""
    quiet = {"HF_HOME": str(cache), "HF_HUB_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}
    script = TIMED.format(imports=imports, code=code)
    runs = [measured("-c", script, folder, "made-1", **quiet) for _ in range(5)]
    return min(float(run.printed.split()[-1]) for run in runs) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = built(made(given.articles, Path(scratch, "records.jsonl")), Path(scratch, "dataset"))
        print(f"{given.articles} articles, milliseconds")
        for name, (imports, code) in TASKS.items():
            print(f"{milliseconds(imports, code, folder, Path(scratch, 'cache')):9.1f}  {name}", flush=True)


if __name__ == "__main__":
    main()
