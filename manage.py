#!/usr/bin/env python
"""Run a management command."""

import sys

from config.trial import prepare


def main() -> None:
    prepare()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
