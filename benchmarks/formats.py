"""How fast every format is written and read, with how much memory.

python benchmarks/formats.py [--articles N]

Each way is a process of its own, on made-up records of the lengths of real news; times are the processor's, memory is
the most that the process had. What is written alone has no figure for reading; what has no texts is read onto the
records that it was made of.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import orjson

from tasrih.interchange.registry import FORMATS

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
from make_corpus import articles

WAY = """
import json, resource, sys, time
from tasrih.cli import main
began = time.process_time()
try:
    main(sys.argv[1:], standalone_mode=False)
except SystemExit as ended:
    assert not ended.code, ended.code
print(json.dumps([time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def cost(*arguments: object) -> str:
    """Seconds and megabytes of a command."""
    command = [sys.executable, "-c", WAY, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, text=True, env=os.environ)
    if done.returncode:
        return f"failed: {done.stderr[-300:]}"
    seconds, megabytes = done.stdout.splitlines()[-1].strip("[]").split(", ")
    return f"{float(seconds):.1f} s, {float(megabytes):.0f} MB"


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, many in (("few", count // 10), ("all", count)):
            Path(folder, name).mkdir()
            for record in articles(many, 1):
                Path(folder, name, f"{record['id']}.json").write_bytes(orjson.dumps(record))
        print(f"| format | {count} out | {count} in | {count // 10} out | {count // 10} in |")
        print("| --- | --- | --- | --- | --- |")
        for name, one in FORMATS.items():
            figures = []
            for size in ("all", "few"):
                out = f"{folder}/{size}-{name}/"
                figures.append(cost("export", "--to", name, f"{folder}/{size}", "--out", out))
                onto = ("--onto", f"{folder}/{size}") if one.textless else ()
                figures.append(cost("import", name, out, *onto, "--out", f"{out}back/") if one.read else "")
            print(f"| {name} | {' | '.join(figures)} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    main(parser.parse_args().articles)
