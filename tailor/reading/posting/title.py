"""The title of the job in the lines of a posting.

It is looked for behind a label and in the first lines, then in what running text calls the
person: "we are hiring a …", "as a …, you", "the … will". The best of these is the one that
is said most plainly and most often.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeAlias

from tailor.reading.cv.names import is_place, score
from tailor.values.posting import PostingLine
from tailor.values.resources import data_toml

_LABEL = re.compile(
    r"^(?P<label>job title|position title|posting title|post title|title|position|post|role|job|"
    r"vacancy|job posting|job pack|job profile|role profile|job description|position vacant)"
    r"\s*[:–-]\s+(?P<value>\S.*)$",
    re.IGNORECASE,
)
_SURE_LABEL = re.compile(r"title|pack|profile|description|vacant", re.IGNORECASE)
_BARE_LABEL = re.compile(r"^(?:job|position|posting) title\s*:?$", re.IGNORECASE)
_NO_TITLE_START = re.compile(
    r"^(?:you|we|join|our|the|about|are|is|sign|get|help|how|what|why|as|if|at|this|reports?|"
    r"reporting|who|where|when|under|click|apply|for|in|to|with|work|working(?! student)|location|"
    r"department|salary|and|or|all|your|experience|responsible|ability|must|please|new|no|"
    r"[a-z]+ing to)\b",
    re.IGNORECASE,
)
_DETERMINER = (
    r"(?:(?:an?|our|the|one|two|several|some|multiple|for|next|first|new|another|additional)\s+)*"
)
_NAMED = r"(?P<named>[^.!?;:\n]{3,110})"
# Patterns, each with its weight, and with words of which every match contains one: looking for
# those first is far quicker.
Prose: TypeAlias = Sequence[tuple[float, Sequence[str], re.Pattern[str]]]
_PROSE: Prose = (
    (
        3.0,
        (
            "looking search lookout hunt recruiting hiring opening applica seek hire invite needs "
            "role position job work opportunity join"
        ).split(),
        re.compile(
            r"\b(?:(?:looking|searching|search|lookout|hunt|recruiting|hiring|openings?|"
            r"applications|applicants)\s+(?:for|to\s+(?:hire|add|recruit|find))|in search of|"
            r"seeking(?: to (?:hire|add))?|seeks?|hiring|recruiting|(?:will|to) hire|invites?|"
            r"needs|(?:role|position) (?:of|as|for)|job of|opportunity for|work as|working as|"
            r"join us as|join .{1,40}? as)\s+" + _DETERMINER + r"[\"“'‘*]?" + _NAMED
        ),
    ),
    (
        2.5,
        ("as ", "As ", "AS "),
        re.compile(
            r"(?<!experience )(?<!experienced )(?<!working )(?<!worked )(?<!background )"
            r"(?<!career )(?<!role )(?<!roles )(?<!such )(?<!serve )(?<!act )(?<!years )"
            r"(?<!acting )(?<!serving )"
            r"\b(?:[Aa]s|AS) (?:an?|our|the|your|A|AN|[A-Z][\w&]{1,30}['’]s)\s+" + _NAMED
        ),
    ),
    (
        2.0,
        ("The ", "A ", "An ", "Our ", "This ", "Your "),
        re.compile(
            r"(?:^|(?<=[.!?:•]\s))(?:The|An?|Our|This|Your)\s+(?P<named>[^\s.!?;:][^.!?;:\n]{2,79}?)(?<!\s)\s+"
            r"(?=(?:will|is|reports|works|leads|plays|must|should|serves|performs|assists|provides|supports|"
            r"develops|designs|manages|oversees|collaborates|position|role|job|at)\b)"
        ),
    ),
    (
        1.5,
        ("position", "needed"),
        re.compile(
            r"(?:^|(?<=\s))(?P<named>[A-Z][^.!?;:\n]{3,60}?)\s+"
            r"(?:position(?:\(s\)|s)? (?:is|are) (?:available|open)|needed\b)"
        ),
    ),
)
_STOPS = frozenset(
    "who that to with in at on for from by will is are was has have and/or you we they it which "
    "can must should where whose when if than into within across under about both either".split()
)
_JOINED = frozenset({"&", "/", "-", "–", ".NET", "full", "front", "back"})
_SMALL_STOPS = frozenset("of between a an the our new more most few and or".split())
_PRAISE = re.compile(
    r"^(?:(?:highly|very|seasoned|motivated|talented|experienced|skilled|skillful|passionate|collaborative|"
    r"dynamic|driven|[\w-]+-(?:driven|motivated|oriented|minded|level|time|talented|on|class|reliant|starter)|"
    r"dedicated|enthusiastic|strong|creative|ambitious|exceptional|remote|new|great|proactive|and|"
    r"innovative|energetic|outstanding|top|bright|brilliant|curious|strategic|results|smart|sharp|"
    r"fully|qualified|excellent|more|additional|amazing|world|class|awesome|detail|career|proven|"
    r"contract|permanent|temporary|freelance|versatile|accomplished|organized|organised|reliable|"
    r"hands|on|self|starter|truly|extremely|technical-minded|capable|good|full|part|time|our|an?|the),?\s+)+",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th)(?:-\d+(?:st|nd|rd|th))?\s+")
_AFTER_JOB = frozenset("of for in at with to".split())
_ENDINGS_OF_JOBS = ("ologist", "ician", "therapist", "grapher")
_LEVEL_WORDS = frozenset({"band", "grade", "level", "class", "scale", "tier", "step"})
_LEVEL = re.compile(r"^(?:I{1,3}|IV|V|VI|[1-9]|L[1-9])$")
_OF = frozenset(
    "head director vp president chief manager dean professor lead chair executive".split()
)
_BRACKETS = re.compile(r"(?:(?<!\s)\s+)?[(\[{]([^()\[\]{}]*)[)\]}]")
_GENDERS = re.compile(
    r"^(?:[mwfdxhin*]|div|gn|all|male|female)(?:\s*[/|,]\s*(?:[mwfdxhin*]|div|gn|all|male|female)){1,4}\*?$"
    r"|^(?:all )?genders?$|^gn$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"(?<!\s)\s+[—–|·•-]+\s+|(?:(?<!\s)\s+)?\|\s*|(?<!\s)\s+[—–-](?=Remote)|(?<=\w)\s+//\s+"
)
_REFERENCE = re.compile(
    r"^(?:req|requisition|job|id|ref|no|nr|posting|[\s:#.-])*[A-Za-z]{0,4}[-_ ]?\d{3}[\w-]*$",
    re.IGNORECASE,
)
_PAY = re.compile(r"[$€£]\s?\d|\d\s?[$€£]|\bper (?:hour|year|annum)\b", re.IGNORECASE)
_GROUP = re.compile(r"^(?:job |pay |salary )?(?:group|grade|band|scale)\s+\w{1,4}$", re.IGNORECASE)
_CITY_STATE = re.compile(r"^[A-Z][\w.'’ -]{1,40},\s*[A-Z]{2}(?:\s+\d{5}(?:-\d{4})?)?$")
# "Senior Engineer at Acme (Leeds)", "… at Acme in Leeds".
_AT = re.compile(
    r"^(?P<title>.{3,80}?)\s+(?:at|@)\s+(?P<company>[A-Z0-9][^()|,]{1,50}?)"
    r"(?:\s*\((?P<place>[^()]+)\)|\s+in\s+[A-Z].*|,\s+[A-Z].*)?$"
)
# "We're hiring – X", "Vacancy for X", "Now hiring: X".
_ANNOUNCES = re.compile(
    r"^(?:(?:we['’]re|we are|now|currently)\s+)?(?:hiring|recruiting)(?:\s+(?:an?|for))?\b"
    r"\s*[:!–—-]*\s*"
    r"|^(?:job |open )?(?:vacancy|opening|opportunity|position|role|job|recruitment)"
    r"\s+(?:for|of|as)\s+(?:an?\s+|the\s+)?(?:post of\s+(?:an?\s+)?)?"
    r"|^(?:vacancy|wanted|job opening|job)\s*[:–—-]\s*"
    r"|^(?:post|position|job|vacancy)\s+(?:no\.?\s*)?\d+(?:/\d+)?\s*[:–—-]\s*",
    re.IGNORECASE,
)
_REFERENCED = re.compile(
    r"(?<!\s)\s{1,9}[([]?"
    r"(?:ref(?:erence)?\.?(?: no\.?| number)?|job id|req(?:uisition)? id|job code)\b"
    r"[.: #]{0,9}(?=[\w/.-]{0,40}\d)[\w/.-]{1,40}[)\]]?$",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(r"[.!?] [A-Z]|https?:|@|…|\b(?:years|experience)\b")
_BARS = re.compile(r"[|·•]")
_SHORTENED = re.compile(r"\b(?:Sr|Jr|St|Dr|Asst|Assoc|Mgr|Eng)\.")
_CODE = re.compile(r"^[A-Za-z]{0,4}-?\d{3,}$")
_TOP_LINES = 12
_LONGEST_TITLE = 14
_TEAM_WORDS = 3
_MOST_CHARACTERS = 200
_MOST_COUNTED = 40  # names; counting each in a long text takes time
_LEAST_SCORE = 2.0
_FIRST_LINES = 3
_NEAR = 3  # lines
_LABELS = frozenset({"job title", "title", "post", "position", "role", "vacancy", "job"})
_DASHES = ("-", "–", "—", "|", "·", ":")
_LIKELY = -0.5  # the logarithm of how likely it is


@cache
def title_words(table: str) -> frozenset[str]:
    """Return a set of words of `posting_cues.toml`; those for jobs are of CVs, too."""
    words = data_toml("posting_cues.toml")["titles"][table]
    if table == "jobs":
        words += " " + data_toml("titles.toml")["job"]
    return frozenset(words.split() if isinstance(words, str) else words)


def find_title(
    lines: Sequence[PostingLine], likely: str = "", tagged: str = "", told: str = ""
) -> str:
    """Return the title of the job, or "" if none is found.

    `likely` is the title that the file's front matter gives; it counts unless it is a usual
    name of pages ("Careers"). `tagged` is what a reader of all words takes for it at
    the top, `told` what it takes for it anywhere.
    """
    given = likely if likely.lower() not in title_words("pages") else ""
    return (
        _labelled(lines)
        or given
        or _surer(tagged, _in_top_lines(lines) or _in_prose(lines), lines)
        or ("" if told[:1].islower() or told.casefold() in title_words("bare") else told)
        or _like_a_title(lines)
    )


def _surer(tagged: str, shaped: str, lines: Sequence[PostingLine]) -> str:
    """Return the one of two titles that stands higher up, the first where both stand near.

    Of one within the other it is the longer, unless that begins with a label or a company.
    """
    if not tagged or not shaped:
        return tagged or shaped
    if tagged in shaped:
        before = shaped[: shaped.index(tagged)].strip().lower()
        is_more = before in _LABELS or before.endswith(_DASHES) or before.endswith(" at")
        return tagged if is_more else shaped
    places = {
        title: next((n for n, line in enumerate(lines) if title in line.text), len(lines))
        for title in (tagged, shaped)
    }
    return tagged if places[tagged] <= places[shaped] + _NEAR else shaped


def _like_a_title(lines: Sequence[PostingLine]) -> str:
    """Return the first short line at the top that looks like a title more than like all else."""
    for line in lines[:_FIRST_LINES]:
        title = clean_title(line.text)
        is_short = 0 < len(title.split()) <= _LONGEST_TITLE // 2
        if is_short and line.text[-1] not in ".!?:" and score(title, "title") > _LIKELY:
            return title
    return ""


def clean_title(title: str) -> str:
    """Return `title` without places, pay, reference numbers, "(m/f/d)", "Remote" and the like.

    A text of more than 200 characters is a paragraph, so "".
    """
    if len(title) > _MOST_CHARACTERS:
        return ""
    title = _REFERENCED.sub("", _ANNOUNCES.sub("", title)).rstrip("! ").removesuffix(" Do")
    found = _AT.match(title)
    title = found["title"] if found and names_job(found["title"]) else title
    kept = _BRACKETS.sub(lambda match: "" if is_aside(match[1]) else match[0], title)
    first, *parts = (part.strip(" ,:") for part in _SEPARATOR.split(kept))
    separators = [match[0] for match in _SEPARATOR.finditer(kept)]
    shown = first
    for separator, part in zip(separators, parts, strict=True):
        is_dash = separator.strip() in {"–", "—"} and len(parts) == 1 and names_job(first)
        is_team = is_dash and len(part.split()) <= _TEAM_WORDS
        # Else it is followed by a company or a place as a rule.
        if shown and separator.strip() != "-" and not is_team:
            break
        if part and not is_aside(part):
            shown += separator + part if shown else part
    while "," in shown and is_aside(shown.rpartition(",")[2]):
        shown = shown.rpartition(",")[0]
    words = [word for word in shown.split() if not word.startswith("#")]
    if len(words) > 2 and words[0].isdigit():  # how many people are wanted
        words = words[1:]
    return " ".join(words).strip(" ,:;-–—|*\"“”'")


def names_job(text: str) -> bool:
    """Return whether `text` has a word for a job in it, such as "engineer" or "nurses"."""
    return any(_is_job_word(word) for word in re.split(r"[\s/]+", text))


def _is_job_word(word: str) -> bool:
    bare = _bare(word)
    return (
        bare in title_words("jobs")
        or (bare.endswith("s") and bare[:-1] in title_words("jobs"))
        or bare.endswith(_ENDINGS_OF_JOBS)
    )


def _bare(word: str) -> str:
    return word.strip("().,:;/'’\"“”*").lower()


def is_aside(part: str) -> bool:
    """Return whether `part` stands beside titles: a place, pay, a reference, "Remote", "m/f/d"."""
    part = part.strip(" ,.*")
    patterns = (_GENDERS.match, _REFERENCE.match, _PAY.search, _CITY_STATE.match, _GROUP.match)
    if not part or any(found(part) for found in patterns):
        return True
    words = [word for word in re.split(r"[\s,/&+-]+", part) if word]
    return is_place(part) or all(
        word.lower() in title_words("asides") or is_place(word) or word.isdigit() for word in words
    )


def _labelled(lines: Sequence[PostingLine]) -> str:
    """Return the title that stands behind "Job title:" or the like near the top."""
    for index, line in enumerate(lines[: _TOP_LINES + 3]):
        match = _LABEL.match(line.text)
        value = match["value"] if match else ""
        if index and _BARE_LABEL.match(lines[index - 1].text):
            value = line.text
        title = clean_title(value)
        sure = bool(value) and (not match or bool(_SURE_LABEL.search(match["label"])))
        if not title or len(title.split()) > _LONGEST_TITLE or title[-1] in ".!?":
            continue
        if names_job(title) or (sure and not title[0].islower() and not value.endswith(":")):
            return title
    return ""


def _in_top_lines(lines: Sequence[PostingLine]) -> str:
    """Return the first line near the top that reads like a title, or its piece that does."""
    for index, line in enumerate(lines[:_TOP_LINES]):
        if line.is_item or (index >= 3 and not line.is_heading):
            continue
        is_alone = index == 0 and len(lines) > 1 and len(line.text.split()) == 1
        pieces = [piece.strip() for piece in _BARS.split(line.text)]
        for text in (line.text, *(pieces if len(pieces) > 1 else ())):
            title = clean_title(text)
            if title and _reads_like_title(text, title, line, is_alone=is_alone):
                return title
    return ""


def _reads_like_title(text: str, title: str, line: PostingLine, *, is_alone: bool) -> bool:
    """Return whether a line or a piece of it is a job's name and no sentence.

    Words that are jobs' names at times only ("Pilot") count where they are the first line.
    """
    words = title.split()
    capital = sum(not word[:1].islower() for word in words)
    return (
        len(words) <= _LONGEST_TITLE
        and (text[-1] not in ".!?:" or bool(_ANNOUNCES.match(text)))
        and (_ends_in_job(title) or (is_alone and names_job(title)))
        and not _NO_TITLE_START.match(title)
        and not _NO_TITLE.search(_SHORTENED.sub("", title))
        and (line.is_heading or capital * 2 > len(words))
        and title.count(",") <= 2
    )


def _ends_in_job(title: str) -> bool:
    """Return whether a word for a job ends `title` or a part of it, unlike "Principal duties"."""
    words = title.split()
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else ","
        if not any(
            _bare(part) in title_words("jobs") or _bare(part) in title_words("only_at_top")
            for part in word.split("/")
        ):
            continue
        is_strong = _bare(word) not in title_words("weak") or (word[0].isupper() and len(words) > 1)
        is_last = (
            word[-1] in ",:;/)"
            or not after[0].isalnum()
            or after in _AFTER_JOB
            or bool(_CODE.match(after))
            or bool(_LEVEL.match(after.strip(",")))
            or (after.lower() in _LEVEL_WORDS and any(map(str.isdigit, words[-1])))
        )
        if is_strong and is_last:
            return True
    return False


def told_in(text: str, patterns: Prose) -> Iterator[tuple[float, re.Match[str]]]:
    """Yield what the patterns match in a text, with what it weighs."""
    for weight, words, pattern in patterns:
        if any(word in text for word in words):
            yield from ((weight, match) for match in pattern.finditer(text))


def _in_prose(lines: Sequence[PostingLine]) -> str:
    """Return the name that running text gives the job most plainly and most often."""
    votes: defaultdict[str, float] = defaultdict(float)
    spelt: dict[str, str] = {}
    for index, line in enumerate(lines):
        for weight, match in told_in(line.text, _PROSE):
            name = _job_name(match["named"])
            if name:
                spelt.setdefault(name.casefold(), name)
                votes[name.casefold()] += weight + (0.5 if index < 8 else 0)
    text = "\n".join(line.text for line in lines).casefold()

    def score(key: str) -> float:
        name = spelt[key]
        said = min(votes[key], 6) + 0.3 * min(text.count(key), 4)
        words = 0.4 * min(len(name.split()), 4) - (2.5 if " " not in name else 0)
        return said + words + (1.0 if name[0].isupper() else 0.0)

    likely = sorted(votes, key=lambda key: -votes[key])[:_MOST_COUNTED]
    best = max(likely, key=score, default="")
    is_bare = best in title_words("bare")
    return clean_title(spelt[best]) if best and not is_bare and score(best) > _LEAST_SCORE else ""


def _job_name(named: str) -> str:
    """Return the job's name at the start of a phrase ("seasoned Data Engineer to join us")."""
    tokens = list(_tokens(_BRACKETS.sub("", named)))
    end = _job_word_at(tokens)
    if end < 0:
        return ""
    start = _start_of_name(tokens, end)
    end = _end_of_name(tokens, end)
    name = _PRAISE.sub("", " ".join(tokens[start : end + 1]).strip(" ,'\"“”*‘’"))
    name = _ORDINAL.sub("", name)
    return name if _is_title(name) and len(name.split()) <= 9 else ""


def _is_title(name: str) -> bool:
    """Return whether people with `name` hold a job; in small letters, fewer names are titles."""
    words = re.split(r"[\s/]+", name)
    jobs = [_bare(word) for word in words if _is_job_word(word)]
    if not jobs or not (name[0].isalnum() or name[0] == "."):
        return False
    if any(word[:1].isupper() for word in words):
        return any(job not in title_words("weak") for job in jobs) or len(words) > 2
    return any(job in title_words("jobs") - title_words("weak") for job in jobs)


def _job_word_at(tokens: list[str]) -> int:
    """Return where the last word for a job stands before the phrase goes on, -1 without."""
    found = -1
    for index, token in enumerate(tokens):
        if token.lower().strip(",") in _STOPS or (found >= 0 and tokens[index - 1][-1] == ","):
            break
        if _is_job_word(token):
            found = index
        elif found >= 0 and _LEVEL.match(token.strip(",")):
            return index
        elif found >= 0 and (token[0].islower() or not token[0].isalnum()):
            break
    return found


def _tokens(named: str) -> Iterator[str]:
    for token in named.split()[:16]:
        yield token
        if token.endswith((")", "–", "—")):
            return


def _start_of_name(tokens: list[str], end: int) -> int:
    """Go back from the job's word over the capital words, or over four small ones."""
    start = end
    capital = tokens[end][:1].isupper()
    while start > 0:
        before = tokens[start - 1]
        if capital:
            joins = before[:1].isupper() or before[:1].isdigit() or before in _JOINED
            if before in {"and", "of"}:
                joins = start > 1 and tokens[start - 2][:1].isupper()
        else:
            joins = end - start < 3 and before[-1] != "," and before not in _SMALL_STOPS
        if not joins:
            break
        start -= 1
    return start


def _end_of_name(tokens: list[str], end: int) -> int:
    """Go on after "Head", "Director": over "of Data Platform" and ", Payments"."""
    last = end
    bare = tokens[end].strip(",").lower()
    if end + 2 < len(tokens) and tokens[end + 1] == "of" and bare in _OF:
        last = end + 1
    elif end + 1 < len(tokens) and (tokens[end][-1] == "," or tokens[end + 1] in {"-", "–"}):
        last = end + (tokens[end][-1] != ",")
    if last == end and tokens[end][-1] != ",":
        return end
    stop = last
    while stop + 1 < len(tokens) and (
        tokens[stop + 1][:1].isupper() or tokens[stop + 1] in {"and", "&"}
    ):
        stop += 1
        if tokens[stop][-1] == ",":
            break
    while stop > last and tokens[stop] in {"and", "&"}:
        stop -= 1
    first = tokens[last + 1].strip(",").lower() if stop > last else "you"
    return end if first in {"you", "we", "you’ll", "you'll", "your", "i"} else stop
