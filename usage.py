"""How a command line is explained, and refused, in the language of whoever typed it."""

import argparse
import os
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from languages import of_locale, say

# What argparse says, and the sentence of `languages/` for it; its parts fill `what`, `typed` and `known`.
REFUSALS = {
    r"the following arguments are required: (?P<what>.*)": "usage_missing",
    r"unrecognized arguments: (?P<typed>.*)": "usage_unknown",
    r"argument (?P<what>.*?): invalid choice: (?P<typed>.*) \(choose from (?P<known>.*)\)": "usage_choice",
    r"argument (?P<what>.*?): expected one argument": "usage_no_value",
    r"argument (?P<what>.*?): invalid int value: (?P<typed>.*)": "usage_no_number",
    r"argument (?P<what>.*?): ignored explicit argument (?P<typed>.*)": "usage_takes_none",
    r"ambiguous option: (?P<typed>.*) could match (?P<known>.*)": "usage_ambiguous",
    r"argument (?P<what>.*?): (?P<typed>.*)": "usage_other",
}


def said(what: str, /, **facts: object) -> str:
    """A sentence in the language of whoever sits at the terminal."""
    return say(of_locale(os.environ), "commands", what, **facts)


class Parser(argparse.ArgumentParser):
    """One of argparse whose own words are ours."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Formatter)
        self._positionals.title, self._optionals.title = said("usage_arguments"), said("usage_options")
        self.add_argument("-h", "--help", action="help", help=said("usage_help"))

    def error(self, message: str) -> NoReturn:
        """Ends the program as a wrong usage."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {refusal(message)}\n")


def refusal(message: str) -> str:
    """What argparse refuses, in our words; as it is where we do not know it."""
    found = ((re.fullmatch(pattern, message, re.DOTALL), what) for pattern, what in REFUSALS.items())
    return next((said(what, **match.groupdict()) for match, what in found if match), message)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, said("usage_begins") if prefix is None else prefix)
