"""Decisions and checks as plain data, for JSON. Figures are rounded to 6 digits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import Enum

from tailor.checking.findings import Checked, Provenance
from tailor.matching.answered import Answer, answers_of_lines, count_answered, how_met, wanted_by
from tailor.matching.match import Match, asks_of
from tailor.matching.requirements import understand
from tailor.selection.composition import format_period, format_title
from tailor.selection.tailored_cv import Application, ChosenLine, TailoredCv, Verified
from tailor.values.cv import Cv
from tailor.values.posting import Posting

Data = dict[str, object]

_POSTING = "source title company place"
_ASK = "text kind importance requirement group"


def application_data(application: Application) -> Data:
    """Return the files of an application and all its decisions, without what was not asked for."""
    pdf, verified, changes = application.pdf, application.verified, application.changes
    return {
        "file": str(application.path),
        **({"pdf": str(pdf)} if pdf else {}),
        **({"report": str(application.report)} if application.report else {}),
        **as_data(application.resume),
        **({"same_text": str(application.same_text)} if application.same_text else {}),
        **({"verified": _verified(verified)} if verified else {}),
        **({"changes": asdict(changes)} if changes else {}),
    }


def as_data(resume: TailoredCv) -> Data:
    """Return all decisions of an application."""
    match = resume.match
    answers = answers_of_lines(match)
    return {
        "cv": resume.cv.source,
        "posting": fields_of(match.posting, _POSTING),
        "answered": asdict(count_answered(match)),
        "pages": resume.pages,
        "lines": resume.lines,
        "last_page_fill": round(resume.fill, 6),
        "body_size": resume.design.body_size,
        "chosen": [
            {"id": gain.id, "gain": round(gain.value, 6), "answers_first": list(gain.answered)}
            for gain in resume.gains
        ],
        **answers_data(match),
        "sections": [
            {
                **fields_of(chosen.section, "heading kind"),
                "lines": [_line(line, match, answers) for line in chosen.lines],
                "entries": [
                    {
                        **fields_of(entry.entry, "id title organisation"),
                        "lines": [_line(line, match, answers) for line in entry.lines],
                    }
                    for entry in chosen.entries
                ],
            }
            for chosen in resume.sections
        ],
        "pinned": sorted(resume.wishes.pinned),
        "dropped": [fields_of(dropped, "id text reason cause") for dropped in resume.dropped],
    }


def answers_data(match: Match) -> Data:
    """Return the requirements and the asks, with what the CV has of them."""
    wanted = wanted_by(match)
    return {
        "requirements": [
            {
                **fields_of(requirement, "id text kind line"),
                "met": how_met(own).value if (own := wanted[requirement.id]) else None,
            }
            for requirement in match.requirements
        ],
        "asks": [
            {**fields_of(ask, f"{_ASK} status"), "lines": list(ask.line_ids)} for ask in match.asks
        ],
    }


def understood_data(posting: Posting) -> Data:
    """Return a posting as it was understood. Raises PostingError where it asks for nothing."""
    return {
        "posting": fields_of(posting, _POSTING),
        "lines": [
            {**fields_of(line, "line part text"), "requirement": line.requirement or None}
            for line in understand(posting)
        ],
        "asks": [fields_of(ask, _ASK) for ask in asks_of(posting)],
    }


def checked_data(checked: Checked) -> Data:
    """Return all that a check found, without what was not asked for."""
    cv, match, provenance = checked.cv, checked.match, checked.provenance
    return {
        "file": checked.source,
        **fields_of(checked, "form passed"),
        "read": cv_data(cv) if cv else None,
        "findings": [
            {
                **fields_of(finding, "rule name severity what remedy times"),
                "places": [asdict(place) for place in finding.places],
            }
            for finding in checked.findings
        ],
        **(
            {"answers": {"answered": asdict(count_answered(match)), **answers_data(match)}}
            if match
            else {}
        ),
        **({"lines": _provenance(provenance)} if provenance else {}),
    }


def fields_of(value: object, names: str) -> Data:
    """Return the attributes of `value` that have the `names`, as plain data."""
    return {name: _plain(getattr(value, name)) for name in names.split()}


def _plain(value: object) -> object:
    if type(value) is str:  # most are, and no member of an enumeration
        return value
    if isinstance(value, Enum):
        return value.value
    return round(value, 6) if isinstance(value, float) else value


def _verified(verified: Verified) -> Data:
    """Return the pages by LibreOffice; those by the estimate stand beside them."""
    return {
        "agrees": verified.agrees,
        **fields_of(verified.found, "pages lines"),
        "last_page_fill": round(verified.found.fill, 6),
        "page_lines": list(verified.page_lines),
        "fonts": list(verified.fonts),
        "missing_font": verified.font or None,
    }


def _line(line: ChosenLine, match: Match, answers: Mapping[str, Sequence[Answer]]) -> Data:
    return {
        "id": line.bullet.id,
        "text": line.text.plain,
        "statements": [
            {
                **_statement(statement.id, match),
                "answers": [
                    {
                        "requirement": answer.requirement,
                        "text": answer.ask.text,
                        "status": answer.ask.status.value,
                    }
                    for answer in answers.get(statement.id, ())
                ],
            }
            for statement in line.kept
        ],
    }


def _statement(statement_id: str, match: Match) -> Data:
    score = match.scores[statement_id]
    return {
        "id": statement_id,
        "score": round(score.total, 6),
        "parts": fields_of(score, "requirements posting related topics trade"),
        "beside": score.beside,
        "related_to": [
            {
                "requirement": relation.requirement,
                "similarity": round(relation.similarity, 6),
                "words": [
                    [word, near, round(share, 6)]
                    for word, near, share in match.pairs(statement_id, relation)
                ],
            }
            for relation in score.relations
        ],
        "topics": [
            {"name": topic.name, "share": round(topic.share, 6), "words": list(topic.words)}
            for topic in match.topics(statement_id)
        ],
    }


def cv_data(cv: Cv) -> Data:
    """Return a whole CV, the ids of lines and entries beside their words."""
    return {
        **fields_of(cv, "name headline nationality"),
        "contacts": [fields_of(contact, "kind text") for contact in cv.contacts],
        "sections": [
            {
                **fields_of(section, "kind heading"),
                "items": list(section.items),
                "lines": [bullet.text.plain for bullet in section.bullets],
                "ids": [bullet.id for bullet in section.bullets],
                "entries": [
                    {
                        "id": entry.id,
                        "title": format_title(entry),
                        **fields_of(entry, "organisation place"),
                        "dates": format_period(entry.period),
                        "lines": [bullet.text.plain for bullet in entry.bullets],
                        "ids": [bullet.id for bullet in entry.bullets],
                    }
                    for entry in section.entries
                ],
            }
            for section in cv.sections
        ],
        "not_understood": [bullet.text.plain for bullet in cv.unplaced],
    }


def _provenance(provenance: Provenance) -> Data:
    return {
        "master": provenance.master,
        "judged": [
            {
                "place": asdict(line.place),
                **fields_of(line, "text verdict master why"),
                "master_lines": list(line.sources),
                "difference": [[word.sign, word.text] for word in line.difference],
            }
            for line in provenance.lines
        ],
        "missing": [asdict(gap) for gap in provenance.missing],
    }
