"""Builds the dataset of the bundled corpus: build_dataset.py OUT."""

import os
import sys

import tasrih

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_dataset.py OUT")
    try:
        print(tasrih.build(sys.argv[1], jobs=os.cpu_count() or 1))
    except tasrih.TasrihError as error:
        sys.exit(str(error))
