"""What kind of work a catalogue is of: its words, how its visits end, whether they have dossiers."""

from collections.abc import Mapping

import languages
from config import values
from config.table import Table
from config.values import Wrong, shown
from hall.setup import Named, Procedure, Trade
from hall.spoken import INVITATIONS
from hall.trade import COMMON, OUTCOMES

LONGEST_NAME = 40  # characters on an officer's button
LONGEST_EXAMPLE = 20  # two stand in the kiosk's field


def read_trade(root: Table, procedures: Mapping[str, Procedure]) -> Trade:
    """`[trade]` and `[outcome.CODE]`; left out, what fits these procedures."""
    published = any(each.national_code for each in procedures.values())
    with root.table("trade") as table:
        said, examples = {}, {}
        for language in languages.KNOWN:
            ending = "" if language == languages.FIRST else f"_{language}"
            said[language] = _words(table, f"words{ending}", language)
            examples[language] = table.texts(f"search_examples{ending}", (), of=_example)
        return Trade(
            dossiers=table.flag("dossiers", published),
            published=published,
            outcomes=_outcomes(root),
            words={language: words for language, words in said.items() if words},
            search_examples={language: texts for language, texts in examples.items() if texts},
            result=_with_button(table, "result", COMMON.result, procedures),
            guidance=_with_button(table, "guidance", COMMON.guidance, procedures),
        )


def _example(value: object) -> str:
    return values.words(value, LONGEST_EXAMPLE)


def _words(table: Table, key: str, language: str) -> dict[str, str]:
    """What the program says and what is said here; a word that no sentence has is a slip of the pen."""
    given = table.raw(key)
    if given is None:
        return {}
    if not isinstance(given, dict):
        table.fault(key, "no_table_of_words", said=shown(given))
        return {}
    whole = _all_sentences(language)
    taken: dict[str, str] = {}
    for program, here in given.items():
        try:
            taken[values.words(program)] = values.words(here, empty=True)
        except Wrong as wrong:
            table.fault(key, wrong.what, **wrong.facts)
    for strange in [word for word in taken if word.casefold() not in whole]:
        table.fault(key, "no_word_of_ours", said=strange)
    return taken


def _all_sentences(language: str) -> str:
    phrases = [each for subject in languages.WORDS[language].values() for each in subject.values()]
    said = [sentence for phrase in phrases for sentence in languages.sentences(phrase)]
    return "\n".join([*said, *map(" ".join, INVITATIONS.values())]).casefold()


def _outcomes(root: Table) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for code, table in root.tables("outcome", least=0).items():
        with table:
            if code not in OUTCOMES:
                table.fault(None, "unknown", said=code, known=OUTCOMES)
            found[code] = Named(*(table.words(key, longest=LONGEST_NAME) for key in ("name", "name_en")))
    return found


def _with_button(table: Table, key: str, usual: str, procedures: Mapping[str, Procedure]) -> str:
    code = table.text(key, usual if usual in procedures else "")
    if code and code not in procedures:
        table.fault(key, "unknown", said=code, known=procedures)
    return code
