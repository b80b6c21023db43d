"""The words of content/words: labels and messages by section and English key, for templates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import yaml

from site_builder.shared import strict_yaml
from site_builder.shared.characters import set_apart, unfit_in
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, unfit_details

FOLDER = "content/words"


class WordSection(dict[str, str]):
    """Words by key. A key that the file lacks raises CampaignError naming file and key."""

    def __init__(self, file: str, name: str, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self._file = file
        self._name = name
        # A template's `words.village.role` asks for an attribute first; for 100,000 villages that counts.
        self.__dict__.update(words)

    def __missing__(self, key: str) -> str:
        details = {"key": f"{self._name}.{key}", "file": self._file}
        raise CampaignError([Problem(code=Code.WORDS_MISSING, file=self._file, details=details)])


class Words(dict[str, WordSection]):
    """Sections by name. A section that the file lacks raises CampaignError."""

    def __init__(self, file: str, sections: Mapping[str, WordSection]) -> None:
        super().__init__(sections)
        self._file = file
        self.__dict__.update(sections)

    def __missing__(self, name: str) -> WordSection:
        details = {"key": name, "file": self._file}
        raise CampaignError([Problem(code=Code.WORDS_MISSING, file=self._file, details=details)])


def load(root: Path, language: str) -> Words:
    """The words of a language. Raises CampaignError when the file is missing, unreadable or not of this shape."""
    file = f"{FOLDER}/{language}.yml"
    content = _read(root, file)
    if not isinstance(content, dict):
        raise CampaignError([Problem(code=Code.SETTINGS_SYNTAX, file=file, line=1)])
    problems = [
        Problem(code=Code.WORDS_VALUE, file=file, details={"key": f"{section}.{key}"})
        for section, words in content.items()
        for key, word in (words.items() if isinstance(words, dict) else [("", None)])
        if not isinstance(word, str)
    ]
    problems += [
        Problem(code=Code.TEXT_UNFIT, file=file, details={"key": ".".join(map(str, place))} | unfit_details(found))
        for place, found in unfit_in(content)
    ]
    problems = problems or [
        Problem(code=Code.WORDS_FORMAT, file=file, details={"key": f"{section}.{key}"})
        for section, words in content.items()
        for key, word in words.items()
        if _has_format(word)
    ]
    if problems:
        raise CampaignError(problems)
    return Words(file, {name: WordSection(file, name, words) for name, words in content.items()})


def _has_format(sentence: str) -> bool:
    """Whether a brace says more than a name, such as how wide it is to be: a few letters can ask for a gigabyte."""
    try:
        return any(form or conversion for _, _, form, conversion in Formatter().parse(sentence))
    except ValueError:  # `fill` says so, where it is a sentence to be filled
        return False


def _read(root: Path, file: str) -> object:
    try:
        return strict_yaml.plain((root / file).read_text(encoding="utf-8"))
    except OSError as error:
        raise CampaignError([Problem(code=Code.WORDS_FILE_MISSING, file=file)]) from error
    except UnicodeDecodeError as error:
        raise CampaignError([Problem(code=Code.SETTINGS_ENCODING, file=file)]) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise CampaignError([Problem(code=Code.SETTINGS_SYNTAX, file=file, line=mark and mark.line + 1)]) from error


def fill(sentence: str, **values: object) -> str:
    """A sentence with its braces filled in, such as {county}. Raises CampaignError for an unknown brace."""
    try:
        return sentence.format_map({key: set_apart(str(value)) for key, value in values.items()})
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        details = {"sentence": sentence, "known": "、".join(f"{{{key}}}" for key in values)}
        raise CampaignError([Problem(code=Code.WORDS_BRACES, file=FOLDER, details=details)]) from error
