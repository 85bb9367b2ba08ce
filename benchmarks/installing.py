"""How large the wheel is, and the environment that it is installed into, beside that of `datasets` alone; in MB.

python benchmarks/installing.py
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOOLS = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "wheel")
MOST = 8


def megabytes(path: Path) -> float:
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.lstat().st_size for file in files if file.is_file()) / 1e6


def installed(folder: Path, *wanted: str | Path) -> dict[str, float]:
    """What is in an environment with these packages, compiled as an installation is, the tools of pip apart."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/python", "-m", "pip", "install", "--quiet", *wanted], check=True)
    packages = next((folder / "lib").glob("*/site-packages")).iterdir()
    return {path.name: megabytes(path) for path in packages if not path.name.startswith(TOOLS)}


def wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        made = wheel(Path(scratch))
        own = installed(Path(scratch, "own"), made)
        peer = installed(Path(scratch, "peer"), "datasets")
        few = installed(Path(scratch, "few"), "pydantic", "orjson", "packaging", "jsonschema", "hijridate")
        print(f"| what | MB |\n| --- | ---: |\n| the wheel | {megabytes(made):.1f} |")
        print(
            f"| `pip install tasrih` | {sum(own.values()):.0f} |\n| `pip install datasets` | {sum(peer.values()):.0f} |"
        )
        small = sum(few.values()) + own["tasrih"]
        print(f"| `pip install --no-deps tasrih`, with what `load` and `validate` need | {small:.0f} |")
        for name, size in sorted(own.items(), key=lambda item: -item[1])[:MOST]:
            print(f"| of it {name} | {size:.0f} |")


if __name__ == "__main__":
    main()
