"""The command line as `python -m tasrih`."""

from tasrih.cli import main

main(prog_name="tasrih")
