"""Builds the dataset of the bundled corpus."""

import argparse
import os
import sys

import tasrih

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", metavar="OUT", help="folder to write; replaced when complete")
    try:
        print(tasrih.build(parser.parse_args().out, jobs=os.cpu_count() or 1))
    except tasrih.TasrihError as error:
        sys.exit(str(error))
