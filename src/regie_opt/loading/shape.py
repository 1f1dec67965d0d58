"""What the schema allows at a path of the tree, in words: read from the JSON Schema of its classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from regie_opt.loading.problems import brief


@dataclass(frozen=True)
class Shape:
    """One place in a JSON Schema, with the definitions that it may refer to."""

    schema: Mapping[str, Any]
    definitions: Mapping[str, Mapping[str, Any]]

    def _at(self, schema: object) -> Shape | None:
        if not isinstance(schema, Mapping):
            return None
        while True:
            if "$ref" in schema:
                rest = {key: value for key, value in schema.items() if key != "$ref"}
                schema = {**self.definitions[schema["$ref"].rpartition("/")[2]], **rest}
            elif "anyOf" in schema and any(option.get("type") == "null" for option in schema["anyOf"]):
                rest = {key: value for key, value in schema.items() if key != "anyOf"}
                schema = {**next(o for o in schema["anyOf"] if o.get("type") != "null"), **rest}
            else:
                return Shape(schema, self.definitions)

    def child(self, segment: str | int) -> Shape | None:
        """Return the shape of an entry; None where the schema says nothing of it, or does not allow it."""
        if isinstance(segment, int):
            fixed = self.schema.get("prefixItems", ())
            return self._at(fixed[segment] if segment < len(fixed) else self.schema.get("items"))
        if segment in self.schema.get("properties", {}):
            return self._at(self.schema["properties"][segment])
        names = self.names
        if names is not None and segment not in names:
            return None
        for pattern_entry in self.schema.get("patternProperties", {}).values():
            return self._at(pattern_entry)
        return self._at(self.schema.get("additionalProperties"))

    @property
    def tag(self) -> str | None:
        """The key that says which of several mappings this is (a rule's `kind`)."""
        discriminator = self.schema.get("discriminator")
        return discriminator["propertyName"] if discriminator else None

    def tagged(self, tag: object) -> Shape | None:
        """Return the mapping with this tag."""
        return self._at({"$ref": self._tags[str(tag)]}) if str(tag) in self._tags else None

    @property
    def _tags(self) -> Mapping[str, str]:
        return self.schema["discriminator"]["mapping"] if "discriminator" in self.schema else {}

    def of(self, value: object) -> Shape:
        """Return this shape, or the one of several that the value's tag chooses."""
        if self.tag is None or not isinstance(value, Mapping):
            return self
        return self.tagged(value.get(self.tag)) or self

    @property
    def names(self) -> tuple[str, ...] | None:
        """The keys that are allowed, None where any is."""
        if "properties" in self.schema:
            return tuple(self.schema["properties"])
        if self.schema.get("additionalProperties") is False and "patternProperties" not in self.schema:
            return ()
        names = self.schema.get("propertyNames", {})
        names = names if isinstance(names, Mapping) else {}
        if "$ref" in names:
            names = self.definitions[names["$ref"].rpartition("/")[2]]
        return tuple(names["enum"]) if "enum" in names else None

    @property
    def required(self) -> tuple[str, ...]:
        """The keys that must be there."""
        return (self.tag,) if self.tag is not None else tuple(self.schema.get("required", ()))

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that are allowed, where they are listed (for a tagged mapping: its tags)."""
        if self.tag is not None:
            return tuple(self._tags)
        fixed = (self.schema["const"],) if "const" in self.schema else self.schema.get("enum", ())
        return tuple(map(str, fixed))

    def describe(self) -> str:
        """Say what is allowed, in words, with the unit."""
        unit = self.schema.get("unit")
        return f"{self._kind()} ({unit})" if unit else self._kind()

    def _kind(self) -> str:
        if self.tag is not None:
            return f"a mapping with `{self.tag}`: {', '.join(self.choices)}"
        if self.choices:
            return ", ".join(self.choices)
        match self.schema.get("type"):
            case "integer":
                return f"a whole number{self._bounds()}"
            case "number":
                return f"a number{self._bounds()}"
            case "boolean":
                return "true or false"
            case "string":
                return self._text()
            case "array":
                return self._list()
            case "object":
                return f"a mapping with the keys {', '.join(self.names)}" if self.names else self._mapping()
            case _:
                return "something else"

    def _bounds(self) -> str:
        least, above = self.schema.get("minimum"), self.schema.get("exclusiveMinimum")
        most, below = self.schema.get("maximum"), self.schema.get("exclusiveMaximum")
        if least is not None and most is not None:
            return f" from {least:g} to {most:g}"
        told = [
            f"{words} {bound:g}"
            for words, bound in (
                ("of at least", least),
                ("above", above),
                ("of at most", most),
                ("below", below),
            )
            if bound is not None
        ]
        return f" {' and '.join(told)}" if told else ""

    def _text(self) -> str:
        if self.schema.get("format") == "date":
            return "a date such as 2024-01-31"
        if "pattern" in self.schema:
            return "a key of letters, digits, `_`, `.` and `-`"
        return "text of at least one character" if self.schema.get("minLength") else "text"

    def _mapping(self) -> str:
        least = self.schema.get("minProperties", 0)
        return f"a mapping with at least {least} {'entry' if least == 1 else 'entries'}" if least else "a mapping"

    def _list(self) -> str:
        least, most = self.schema.get("minItems", 0), self.schema.get("maxItems")
        if most is not None and least == most:
            return f"a list of {least}"
        return f"a list of at least {least}" if least else "a list"


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """Return the shape of a schema class."""
    schema = model.model_json_schema()
    return Shape(schema, schema.get("$defs", {}))


def found(value: object) -> str:
    """Write a value as a message shows it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return f"'{brief(value)}'"
        case Mapping():
            return "a mapping" if value else "an empty mapping"
        case list() | tuple():
            return f"a list of {len(value)}" if value else "an empty list"
        case _:
            return str(value)
