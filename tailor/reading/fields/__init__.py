"""CVs in formats with fields: JSON Resume, RenderCV, Reactive Resume, LinkedIn exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tailor.reading.reader import is_json

if TYPE_CHECKING:
    from tailor.reading.fields.data import Value
    from tailor.reading.files import Content
    from tailor.values.cv import Cv


def read_structured(content: Content) -> Cv:
    """Return the CV in a JSON or YAML file.

    The key `cv` makes it RenderCV, `basics` with `sections` Reactive Resume, `content`
    with `basics` YAMLResume, and any of JSON Resume's keys JSON Resume. Raises
    CvError for other data, for what is not JSON or YAML, and for a CV without a name
    or an entry.
    """
    # Only files with fields need these, and pydantic and PyYAML with them.
    from tailor.reading.fields.data import load_json, load_yaml  # noqa: PLC0415
    from tailor.reading.fields.json_resume import KEYS, from_yamlresume, read_json_resume  # noqa: PLC0415
    from tailor.reading.fields.reactive_resume import read_reactive_resume  # noqa: PLC0415
    from tailor.reading.fields.rendercv import read_rendercv  # noqa: PLC0415

    text = content.text()
    begins = text.lstrip().startswith(("{", "["))
    data = load_json(content) if begins or is_json(text) else load_yaml(content)
    if not isinstance(data, dict):
        raise content.error(f"should have keys such as basics, work or cv, but is {_name(data)}")
    if isinstance(data.get("cv"), dict):
        return read_rendercv(data, content)
    if "basics" in data and isinstance(data.get("sections"), dict):
        return read_reactive_resume(data, content)
    inner = data.get("content")
    if isinstance(inner, dict) and isinstance(inner.get("basics"), dict):
        return read_json_resume(from_yamlresume(inner), content)
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
