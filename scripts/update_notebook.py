"""Runs docs/quickstart.ipynb and keeps what its cells show; with --check, says whether that is stale."""

import os
import sys

import nbformat
from generated import ROOT, arguments, settle
from nbclient import NotebookClient

PAGE = ROOT / "docs/quickstart.ipynb"


def executed() -> str:
    """The notebook with its outputs as they are now."""
    notebook = nbformat.read(PAGE, as_version=4)
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT / "src")}
    environment |= {"PYTHONWARNINGS": "ignore"}  # of tqdm, when there are no widgets
    client = NotebookClient(notebook, kernel_name="python3", record_timing=False, timeout=None)
    client.create_kernel_manager().transport = "ipc"  # nothing listens on the network
    client.execute(env=environment)
    for cell in notebook.cells:
        cell.metadata.clear()
        for output in cell.get("outputs", ()):
            if "text/html" in output.get("data", ()):
                output["data"].pop("text/plain", None)  # which names an address in memory
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return nbformat.writes(notebook, indent=1) + "\n"


def main() -> int:
    given = arguments(__doc__).parse_args()
    return settle({PAGE: executed()}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
