"""What was chosen and why, as data that goes into JSON."""

from __future__ import annotations

from dataclasses import asdict

from tailor.matching.answered import count_answered
from tailor.matching.evidence import Evidence
from tailor.matching.match import Match
from tailor.selection.application import Application, Verified
from tailor.selection.tailored_cv import ChosenLine, TailoredCv


def application_data(application: Application) -> dict[str, object]:
    """Return the files of an application and all its decisions as plain data.

    What was not asked for is not in it.
    """
    pdf, verified, changes = application.pdf, application.verified, application.changes
    return {
        "file": str(application.path),
        **({"pdf": str(pdf)} if pdf else {}),
        **({"report": str(application.report)} if application.report else {}),
        **as_data(application.resume),
        **({"verified": _verified(verified)} if verified else {}),
        **({"changes": asdict(changes)} if changes else {}),
    }


def as_data(resume: TailoredCv) -> dict[str, object]:
    """Return all decisions as plain data. Scores are rounded to 6 digits."""
    match = resume.match
    posting = match.posting
    answered = count_answered(match)
    strongest, skills = match.strongest(), match.skills()
    return {
        "cv": resume.cv.source,
        "posting": {
            "source": posting.source,
            "title": posting.title,
            "company": posting.company,
            "place": posting.place,
        },
        "answered": {
            "required": answered.required,
            "required_of": answered.required_of,
            "preferred": answered.preferred,
            "preferred_of": answered.preferred_of,
            "fit": round(answered.fit, 6),
        },
        "pages": resume.pages,
        "lines": resume.lines,
        "last_page_fill": round(resume.fill, 6),
        "body_size": resume.design.body_size,
        "chosen": [
            {"id": gain.id, "gain": round(gain.value, 6), "answers_first": list(gain.answered)}
            for gain in resume.gains
        ],
        "requirements": [
            {
                "id": requirement.id,
                "text": requirement.text,
                "kind": requirement.kind.value,
                "weight": requirement.weight,
                "line": requirement.line,
                "evidence": _evidence(strongest.get(requirement.id)),
                "skills": [
                    {"text": skill.text, "kind": skill.kind, "answer": skill.answer}
                    for skill in skills[requirement.id]
                ],
            }
            for requirement in match.requirements
        ],
        "sections": [
            {
                "heading": chosen.section.heading,
                "kind": chosen.section.kind.value,
                "lines": [_line(line, match) for line in chosen.lines],
                "entries": [
                    {
                        "id": entry.entry.id,
                        "title": entry.entry.title,
                        "organisation": entry.entry.organisation,
                        "lines": [_line(line, match) for line in entry.lines],
                    }
                    for entry in chosen.entries
                ],
            }
            for chosen in resume.sections
        ],
        "pinned": sorted(resume.wishes.pinned),
        "dropped": [
            {"id": d.id, "text": d.text, "reason": d.reason, "cause": d.cause.value}
            for d in resume.dropped
        ],
    }


def _verified(verified: Verified) -> dict[str, object]:
    """The pages by LibreOffice; the estimate's stand beside them."""
    return {
        "agrees": verified.agrees,
        "pages": verified.found.pages,
        "lines": verified.found.lines,
        "last_page_fill": round(verified.found.fill, 6),
        "page_lines": list(verified.page_lines),
        "fonts": list(verified.fonts),
        "missing_font": verified.font or None,
    }


def _line(line: ChosenLine, match: Match) -> dict[str, object]:
    return {
        "id": line.bullet.id,
        "text": line.text.plain,
        "statements": [_statement(statement.id, match) for statement in line.kept],
    }


def _statement(statement_id: str, match: Match) -> dict[str, object]:
    score = match.scores[statement_id]
    return {
        "id": statement_id,
        "score": round(score.total, 6),
        "parts": {
            "requirements": round(score.requirements, 6),
            "posting": round(score.posting, 6),
            "related": round(score.related, 6),
            "topics": round(score.topics, 6),
        },
        "beside": score.beside,
        "evidence": [_evidence(evidence) for evidence in score.evidence],
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


def _evidence(evidence: Evidence | None) -> dict[str, object] | None:
    if evidence is None:
        return None
    return {
        "requirement": evidence.requirement,
        "answer": evidence.answer,
        "strength": round(evidence.strength, 6),
        "words": {word: round(share, 6) for word, share in evidence.words},
        "topic": evidence.topic,
    }
