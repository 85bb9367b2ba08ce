"""The command line as `python -m tasrih`."""

from tasrih.cli import main

if __name__ == "__main__":
    main(prog_name="tasrih")
