"""How long `import tasrih` takes, beside what it puts off: whole processes, best of 15, in milliseconds."""

import subprocess
import sys
import time

STATEMENTS = ["pass", "import tasrih", "import tasrih; tasrih.load()", "import pyarrow", "import datasets"]


def milliseconds(statement: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    for statement in STATEMENTS:
        print(f"{min(milliseconds(statement) for _ in range(15)):7.0f}  {statement}")
