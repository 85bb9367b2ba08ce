"""A desk that is killed before the n-th thing that it asks of the system, for every n: run as a program of its own.

Arguments: the folder of a draft, and a scratch folder. Prints a line a kill: what was left.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
from pathlib import Path

from tasrih.review import desk as desks
from tasrih.review.changes import Remove
from tasrih.review.log import ENDING


def main(folder: Path, scratch: Path) -> None:
    """Makes one decision in a child that is killed, then looks at what is left, and decides again."""
    number = 0
    while True:
        number += 1
        place = scratch / str(number)
        shutil.copytree(folder, place)
        (name,) = [path.name for path in place.glob("*.json")]
        before = version(place / name)
        status = killed(place, before, number)
        print(json.dumps(left(place, name, before) | {"killed": os.WIFSIGNALED(status)}))
        if not os.WIFSIGNALED(status):
            return


def killed(place: Path, before: str, number: int) -> int:
    """Decides in a child that gets no further than its n-th request; its status."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    at = desks.desk(place, "reader-1")
    key = desks.listing(at)["articles"][0]["key"]
    asked = 0

    def ask(event: str, _: object) -> None:
        nonlocal asked
        asked += event.partition(".")[0] in ("open", "os", "fcntl", "shutil")
        if asked == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(ask)
    desks.decide(at, key, before, Remove(op="remove", item="e4"))
    os._exit(0)


def left(place: Path, name: str, before: str) -> dict[str, object]:
    """What a desk that was killed left: another desk goes on, and does the same unless it is done."""
    at = desks.desk(place, "reader-2")
    article = desks.article(at, desks.listing(at)["articles"][0]["key"])
    done = len(article["record"]["entities"]) == 3
    logged = (place / name.replace(".json", ENDING)).read_bytes() if article["decisions"] else b""
    if not done:
        article = desks.decide(at, article["key"], article["version"], Remove(op="remove", item="e4"))
    back = desks.undo(at, article["key"], article["version"])
    return {"done": done, "logged": logged.count(b"\n"), "back": back["version"] == before}


def version(file: Path) -> str:
    """The version of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
