"""The base of the models of JSON Resume and RenderCV, and how data that do not fit are mended.

The models say exactly what a form allows. Where a file says something else, pydantic's error
names the place; what stands there is turned into what the form asks for, as well as it can be,
and becomes a finding. So no file is refused for a number where a text belongs, and nothing that
it says is lost: what has no place in the form is kept in `Part.model_extra`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from tailor.reading.field import without_html
from tailor.reading.fields.data import Value, flat, path_of
from tailor.reading.lines import clean_text

_EMPTY: tuple[Value, ...] = (None, "", [], {})  # people leave keys empty; that says enough
_ISO_DATE = re.compile(r"[12]\d{3}(?:-[01]\d(?:-[0-3]\d)?)?", re.ASCII)


class Part(BaseModel):
    """An object of a file.

    - `main`: the key that a bare text in place of the object stands for.
    - `old_names`: keys of earlier versions of the form, or of many files all the same, and what
      they are called now.
    """

    model_config = ConfigDict(extra="allow", frozen=True)
    main: ClassVar[str] = "name"
    old_names: ClassVar[Mapping[str, str]] = {}
    _path: str = PrivateAttr("")
    _where: Callable[[str], str] | None = PrivateAttr(None)

    @model_validator(mode="before")
    @classmethod
    def _check(cls, value: object) -> object:
        _check_object(value, cls.main)
        if isinstance(value, dict):
            old = {o: n for o, n in cls.old_names.items() if o in value and n not in value}
            if old:
                raise PydanticCustomError("old_names", "has old names of keys", {"names": old})
        return value

    def where(self, key: str = "") -> str:
        """Return the path in the file of this part, or of one of its fields."""
        if self._where:
            return self._where(key)
        return path_of((self._key(key),), self._path) if key else self._path

    def called(self, where: Callable[[str], str]) -> Self:
        """Let `where` say what messages call the keys of this part; return the part."""
        self._where = where
        return self

    def stand_at(self, path: str) -> Self:
        """Remember the path of this part and of all parts in it; return the part."""
        self._path = path
        for name, value in self:
            where = path_of((self._key(name),), path)
            if isinstance(value, Part):
                value.stand_at(where)
            elif isinstance(value, tuple):
                for number, inner in enumerate(value):
                    if isinstance(inner, Part):
                        inner.stand_at(path_of((number,), where))
        return self

    @classmethod
    def _key(cls, name: str) -> str:
        """Return what the file calls a field."""
        known = cls.model_fields.get(name)
        return (known.alias if known else None) or name


def _check_object(value: object, main: str) -> object:
    if not isinstance(value, dict | Part):
        raise PydanticCustomError("object", "should be an object", {"main": main})
    return value


def _check_text(value: object, joint: str, in_object: str) -> object:
    if not isinstance(value, str):
        raise PydanticCustomError(
            "text", "should be text", {"joint": joint, "in_object": in_object}
        )
    return value


class _Written(str):
    """A date as somebody wrote it, in no form that JSON Resume knows."""

    __slots__ = ()


def _check_date(value: str) -> str:
    if value and not isinstance(value, _Written) and not _ISO_DATE.fullmatch(value):
        raise PydanticCustomError("date", "is no date such as 2013-12-01, 2013-12 or 2013")
    return value


def _cleaned(text: str, info: ValidationInfo) -> str:
    """Return a text of a file after the typographic clean-up; what is written stays as it is."""
    return clean_text(without_html(text)) if info.context else text


def _text(joint: str, in_object: Literal["aside", "labelled", "bare"]) -> BeforeValidator:
    """Return a check that a value is text.

    Of a value of another kind the texts are put together with `joint` between them. Those of an
    object are `labelled` with their keys, `bare`, or go `aside`.
    """
    return BeforeValidator(partial(_check_text, joint=joint, in_object=in_object))


# One line, after the typographic clean-up.
Line = Annotated[str, _text(", ", "aside"), AfterValidator(_cleaned)]
# One or more lines, as they stand. ``- Thesis: On Bees`` without quotes is an object in YAML.
Text = Annotated[str, _text("\n\n", "labelled")]
# A place in one line, or an object with the parts of an address.
Place = Annotated[str, _text(", ", "bare"), AfterValidator(_cleaned)]
# A date as text; one that is not of the form is a finding, and stays as it is.
When = Annotated[str, BeforeValidator(_check_date), _text(", ", "aside"), AfterValidator(_cleaned)]
# A list of lines for which a single one may stand.
Lines = Annotated[tuple[Line, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)]
# An object whose keys are the person's own words.
Named = Annotated[dict[str, Any], BeforeValidator(partial(_check_object, main=""))]

PartT = TypeVar("PartT", bound=Part)
Note = Callable[[str, str], None]  # takes the path in the file, and the finding


def fit(model: type[PartT], data: Value, note: Note, path: str = "") -> PartT:
    """Return `data` as a `model`, mended where they do not fit; each finding goes to `note`.

    `path` is where the data stand in the file. Each round mends every place that an error names,
    so there are no more rounds than levels in the model.
    """
    root: dict[str, Any] = {"": _filled(data)}
    while True:
        try:
            return model.model_validate(root[""], context="file").stand_at(path)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                _mend(root, fault, note, path)


def _mend(root: dict[str, Any], fault: ErrorDetails, note: Note, path: str) -> None:
    parent: Any = root
    *above, key = ("", *fault["loc"])
    for step in above:
        parent = parent[step]
    value, where, context = parent[key], path_of(fault["loc"], path), fault.get("ctx", {})
    match fault["type"]:
        case "old_names":
            for old, new in context["names"].items():
                value[new] = value.pop(old)
                said = f'the key is called "{new}" now; read all the same'
                note(path_of((old,), where), said)
            return
        case "object":
            parent[key] = _object_of(value, context["main"])
        case "tuple_type":
            parent[key] = [value]
        case "text" if (
            context["in_object"] == "aside" and isinstance(parent, dict) and isinstance(value, dict)
        ):
            # Under their paths as keys, which the form does not know.
            _spread(parent, str(key))
        case "text":
            parent[key] = context["joint"].join(_texts(value, context["in_object"] != "bare"))
        case "date":
            parent[key] = _Written(value)
        case other:
            raise AssertionError(f"no model has a check of this kind: {other}")
    if value not in _EMPTY:
        note(where, "should be a list" if fault["type"] == "tuple_type" else fault["msg"])


def _spread(parent: dict[str, Any], key: str) -> None:
    """Give each text of the object at `key` its path as key; of two with one path, none is lost."""
    for path, text in flat(parent.pop(key), key):
        parent[path] = f"{parent[path]}, {text}" if path in parent else text


def _object_of(value: Value, main: str) -> Value:
    """Return an object in place of a bare text, or of a list."""
    if not isinstance(value, list):
        return {main: value}
    is_object_in_list = len(value) == 1 and isinstance(value[0], dict)
    return value[0] if is_object_in_list else {"": value}


def _filled(value: Value) -> Value:
    """Return a copy of `value` without empty keys; lists keep their length, for the paths."""
    if isinstance(value, dict):
        filled = {key: _filled(inner) for key, inner in value.items()}
        return {key: inner for key, inner in filled.items() if inner not in _EMPTY}
    return [_filled(inner) for inner in value] if isinstance(value, list) else value


def _texts(value: Value, labelled: bool) -> Iterator[str]:
    if labelled and isinstance(value, dict):
        for key, inner in value.items():
            is_sublist = bool(key) and isinstance(inner, list)
            if is_sublist:
                yield key
            for path, text in flat(inner, "" if is_sublist else key):
                label = path.rpartition("]")[2].lstrip(".")
                yield f"{label}: {text}" if label else text
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, labelled)
    else:
        yield from (text for _, text in flat(value))
