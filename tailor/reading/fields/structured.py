"""CVs in files with fields, JSON or YAML: which of the two known forms, and read it."""

from __future__ import annotations

from tailor.reading.fields.data_files import Value, load_json, load_yaml
from tailor.reading.fields.json_resume import KEYS, read_json_resume
from tailor.reading.fields.rendercv import read_rendercv
from tailor.reading.files import Content
from tailor.values.cv import Cv


def read_structured(content: Content) -> Cv:
    """Return the CV in a JSON or YAML file.

    The key `cv` makes it RenderCV, any of JSON Resume's keys JSON Resume. Raises
    CvError for other data, for what is no JSON or YAML, and for a CV without a name
    or an entry.
    """
    is_json = content.text().lstrip().startswith(("{", "["))
    data = load_json(content) if is_json else load_yaml(content)
    if not isinstance(data, dict):
        raise content.error(f"should have keys such as basics, work or cv, but is {_name(data)}")
    if isinstance(data.get("cv"), dict):
        return read_rendercv(data, content)
    if any(key in data for key in KEYS):
        return read_json_resume(data, content)
    if "cv" in data:
        raise content.error('has nothing under "cv"; give a name and sections there')
    raise content.error(
        'is neither JSON Resume (keys "basics", "work") nor RenderCV (key "cv"): it has '
        f"{'other' if data else 'no'} keys; give one of these forms"
    )


def _name(value: Value) -> str:
    if isinstance(value, list):
        return "a list"
    return "empty" if value is None else "a bare text"
