"""How long `import tasrih` takes, beside what it puts off: whole processes, best of 15, in milliseconds."""

from processes import measured

STATEMENTS = ["pass", "import tasrih", "import tasrih; tasrih.load()", "import pyarrow", "import datasets"]

if __name__ == "__main__":
    for statement in STATEMENTS:
        print(f"{min(measured('-c', statement).wall for _ in range(15)) * 1000:7.0f}  {statement}")
