"""No pattern can be made slow: every one of the package is run over text made to be hard, within a budget of work.

The budget is processor time, so that a busy machine changes nothing.
"""

import subprocess
import sys

FUZZ = """
import importlib, itertools, json, pkgutil, re, resource, sys, time
import tasrih
from tasrih.resources import schema_path
patterns = set()
for module in pkgutil.walk_packages(tasrih.__path__, "tasrih."):
    values = vars(importlib.import_module(module.name)).values()
    patterns |= {value for value in values if isinstance(value, re.Pattern)}
patterns = {pattern for pattern in patterns if isinstance(pattern.pattern, str)}
for name in ("article", "entities"):
    def note(found):
        if isinstance(found.get("pattern"), str):
            patterns.add(re.compile(found["pattern"]))
    json.loads(schema_path(name).read_text("utf-8"), object_hook=note)
letters = [*'"«»a بـ1-/&<;ّ.[', "\\\\", "\\n", "2021", "h1", "&#x"]
units = {first + second for first, second in itertools.product(letters, repeat=2)}  # a letter twice is it alone
resource.setrlimit(resource.RLIMIT_CPU, (BUDGET, BUDGET))

def seconds(pattern, text):
    began = time.process_time()
    sum(1 for _ in pattern.finditer(text))
    pattern.match(text)
    return time.process_time() - began

for pattern in patterns:
    print(ascii(pattern.pattern), file=sys.stderr, flush=True)
    for unit, (before, after) in itertools.product(units, [("", ""), ("a", "!")]):
        short, long = (before + unit * count + after for count in (300, 3000))
        if seconds(pattern, short) > 0.005:  # ten times what one that is linear takes
            seconds(pattern, long)
print(len(patterns))
"""
BUDGET = 150  # seconds of a processor: ten are needed, and a pattern that is cubic needs hours


def test_no_pattern_is_slow():
    script = FUZZ.replace("BUDGET", str(BUDGET))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"given up, or failed, at: {done.stderr[-2000:]}"
    assert int(done.stdout) > 20
