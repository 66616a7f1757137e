"""spaCy's rules of English -> the file that `tailor.nlp.tokens` applies.

    python -m training.english --out models/

spaCy stays the source of truth: nothing of its rules is written by hand here but the names of
work that are added to them.
"""

from __future__ import annotations

import argparse
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tailor.nlp.tokens import RULES_FILE, Rules

# Kept whole; without them "C#" were a letter and a sign.
NAMES = ("C#", "c#", "F#", "f#")
# "Java+SQL", "C#/.NET"
MORE_INFIXES = (r"(?<=[A-Za-z])\+(?=[A-Za-z])", r"(?<=[A-Za-z0-9+#])/(?=\.?[A-Za-z])")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.english", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    (parser.parse_args().out / RULES_FILE).write_text(format_english(), encoding="ascii")


@cache
def spacy_tokeniser() -> Any:  # noqa: ANN401 - spaCy has no types for it
    """Return spaCy's English tokeniser, with the names of work added."""
    import spacy  # noqa: PLC0415 - half a second
    from spacy.util import compile_infix_regex  # noqa: PLC0415

    nlp = spacy.blank("en")
    tokeniser: Any = nlp.tokenizer
    for name in NAMES:
        tokeniser.add_special_case(name, [{"ORTH": name}])
    infixes = [*(nlp.Defaults.infixes or ()), *MORE_INFIXES]
    tokeniser.infix_finditer = compile_infix_regex(infixes).finditer
    return tokeniser


def format_english() -> str:
    """Return the rules of the installed spaCy, and its function words, as JSON."""
    from spacy.symbols import ORTH  # noqa: PLC0415, I001
    from spacy.lang.en.stop_words import STOP_WORDS  # noqa: PLC0415

    tokeniser = spacy_tokeniser()
    if tokeniser.token_match is not None:
        raise ValueError("this spaCy has a rule that tailor does not apply: token_match")
    bound = {
        "prefix": tokeniser.prefix_search,
        "suffix": tokeniser.suffix_search,
        "infix": tokeniser.infix_finditer,
        "url": tokeniser.url_match,
    }
    patterns: dict[str, Any] = {name: method.__self__ for name, method in bound.items()}
    special = {
        chunk: tuple(token.get(ORTH) or token["ORTH"] for token in tokens)
        for chunk, tokens in sorted((tokeniser.rules or {}).items())
        if not any(sign.isspace() for sign in chunk)
    }
    rules = Rules(**patterns, special=special, inside={})
    data = {
        "spacy": version("spacy"),
        **{name: pattern.pattern for name, pattern in patterns.items()},
        "special": special,
        "inside": [rules.cut(chunk, ()) for chunk in special if _is_found_inside(rules, chunk)],
        "stop_words": sorted(STOP_WORDS),
    }
    return json.dumps(data, indent=0) + "\n"


def _is_found_inside(rules: Rules, chunk: str) -> bool:
    """Tell whether spaCy looks for the special case within others: where a rule would cut it."""
    return any(pattern.search(chunk) for pattern in (rules.prefix, rules.suffix, rules.infix))


if __name__ == "__main__":
    main()
