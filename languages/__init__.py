"""Every word people read, once: LANGUAGE/SUBJECT.json, for the hub and its pages alike.

A phrase has blanks, "{number}", and may have the forms "one" and "other", of which `count` chooses. A folder
beside `vi` with the same files is one language more, without code. How a call is spoken is in hall/spoken.py.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDER = Path(__file__).parent
FIRST = "vi"  # whoever speaks no language we know is spoken to in it
BLANK = re.compile(r"\{(\w+)\}")
FORMS = {"one", "other"}
NOT_SOUND = "must be text in NFC, or an object of such texts: other, and one where it differs"

Phrase = str | Mapping[str, str]
Subjects = Mapping[str, Mapping[str, Phrase]]
Fault = tuple[str, str]  # the file and what is wrong with it


def read(folder: Path, faults: list[Fault]) -> dict[str, Subjects]:
    """The languages of `folder`: Vietnamese and English, then the others by their code. What is wrong with a
    file goes into `faults`."""
    found = [each.name for each in folder.iterdir() if any(each.glob("*.json"))]
    found.sort(key=lambda language: (language != FIRST, language != "en", language))
    words: dict[str, Subjects] = {}
    for language in found:
        files = sorted((folder / language).glob("*.json"))
        words[language] = {file.stem: _phrases(file, faults) for file in files}
    # A subject whose file of the first language is gone is told, and not fallen over while it is told.
    first = words.setdefault(FIRST, {})
    words[FIRST] = {subject: first.get(subject, {}) for subjects in words.values() for subject in subjects}
    return words


def _phrases(file: Path, faults: list[Fault]) -> dict[str, Phrase]:
    name = f"languages/{file.parent.name}/{file.name}"
    try:
        content = dict(json.loads(file.read_text("utf-8-sig")))
    except (OSError, ValueError, TypeError) as error:
        faults.append((name, str(error)))
        return {}
    sound = {key: phrase for key, phrase in content.items() if all(map(_readable, sentences(phrase)))}
    faults += [(name, f"{key}: {NOT_SOUND}") for key in content.keys() - sound.keys()]
    return sound


def _readable(sentence: str) -> bool:
    return sentence != "" and unicodedata.is_normalized("NFC", sentence)


def sentences(phrase: object) -> list[str]:
    """All forms of a phrase; [""] where it is none."""
    forms = phrase if isinstance(phrase, dict) else {"other": phrase}
    texts = [each for each in forms.values() if isinstance(each, str)]
    return texts if {"other"} <= forms.keys() <= FORMS and len(texts) == len(forms) else [""]


def blanks(phrase: Phrase) -> set[str]:
    return {name for sentence in sentences(phrase) for name in BLANK.findall(sentence)}


def unlike(words: Mapping[str, Subjects]) -> Iterator[Fault]:
    """Where a language says not the same as the first: a phrase lacks, is too many, has other blanks."""
    for language, subjects in words.items():
        for subject in sorted(words[FIRST].keys() | subjects.keys()):
            name = f"languages/{language}/{subject}.json"
            first, own = words[FIRST].get(subject, {}), subjects.get(subject, {})
            if not first:
                yield from [(f"languages/{FIRST}/{subject}.json", "is missing")] if language == FIRST else []
                continue
            yield from ((name, f"{key}: is missing") for key in first if key not in own)
            yield from ((name, f"{key}: is not in {FIRST}/{subject}.json") for key in own if key not in first)
            for key in [each for each in first if each in own]:
                if (wanted := blanks(first[key])) != blanks(own[key]):
                    yield name, f"{key}: must have these blanks and no others: {', '.join(sorted(wanted))}"


FAULTS: list[Fault] = []  # told by the check of the configuration, and then the hub does not start
WORDS = read(FOLDER, FAULTS)
FAULTS += unlike(WORDS)
KNOWN = tuple(WORDS)


def say(language: str, subject: str, key: str, /, **facts: object) -> str:
    """A phrase with its blanks filled; in the first language where this one does not have it."""
    first = WORDS[FIRST][subject]
    # With faults nothing starts, but the rest must be read up to where they are told.
    otherwise = first.get(key) or WORDS["en"][subject].get(key, key) if FAULTS else first[key]
    phrase = WORDS.get(language, {}).get(subject, {}).get(key) or otherwise
    if not isinstance(phrase, str):
        phrase = phrase.get("one" if facts.get("count") == 1 else "other", phrase["other"])
    return BLANK.sub(lambda blank: str(facts.get(blank[1], "")), phrase)


def of_locale(environ: Mapping[str, str]) -> str:
    """The language of whoever sits at the terminal, as their locale says: `vi` for vi_VN.UTF-8; `en` where
    it is one we do not speak, or none."""
    said = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    language = re.split("[_.@]", said)[0].lower()
    return language if language in WORDS else "en"


def of_page(languages: tuple[str, ...], *subjects: str) -> dict[str, dict[str, Phrase]]:
    """What a page says: by language the phrases of its subjects, and what the language is called."""
    return {language: _merged(language, ("language", *subjects)) for language in languages}


def _merged(language: str, subjects: tuple[str, ...]) -> dict[str, Phrase]:
    return {key: phrase for subject in subjects for key, phrase in WORDS[language][subject].items()}
