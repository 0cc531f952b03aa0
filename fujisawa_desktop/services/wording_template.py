"""Texts with Japanese placeholders: ``{{氏名}}``, and parts that stand only in some cases.

The template library is Jinja2, of which a clerk's text may use just this: placeholders, and
``{% if 合格 %}…{% elif 補欠 %}…{% else %}…{% endif %}`` with ``and``, ``or``, ``not``, ``==`` and ``!=``.
Everything else it knows (attributes, filters, calls, loops, files) is refused before a text is
used, so that a wording can neither read anything nor run for long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
)
_COMPARED_BY: Final = frozenset({"eq", "ne"})
_ENVIRONMENT: Final = SandboxedEnvironment(
    undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, cache_size=0
)
_ENVIRONMENT.globals.clear()
_KEPT_FILLS: Final = 16
"""So many ways of filling one text are remembered."""


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """Why a text cannot be used; ``line`` counts from 1, ``word`` is what is wrong there."""

    code: str
    word: str
    line: int


class TemplateError(ValueError):
    """A text that cannot be used."""

    def __init__(self, fault: TemplateFault) -> None:
        """Keep what is wrong with the text."""
        super().__init__(fault.code)
        self.fault = fault


class WordingTemplate:
    """One text, read and checked.

    Attributes:
        names: the placeholders that the text prints or asks about.
        printed: those it prints.
    """

    def __init__(self, text: str) -> None:
        """Read a text.

        Raises:
            TemplateError: ``papers.placeholder-broken`` or ``papers.placeholder-unknown``.
        """
        self.text = text
        tree = _parsed(text)
        self.names = frozenset(find_undeclared_variables(tree))
        self.printed = _printed(tree)
        self._template = _ENVIRONMENT.from_string(tree) if self.names or "{" in text else None
        self._order = sorted(self.names)
        # Of a letter's sentences nearly all say the same to thousands of people.
        self._filled = lru_cache(maxsize=_KEPT_FILLS)(self._fill)

    def unknown(self, known: Iterable[str]) -> TemplateFault | None:
        """Return the first placeholder that is not among ``known``."""
        odd = self.names.difference(known)
        if not odd:
            return None
        for number, line in enumerate(self.text.split("\n"), start=1):
            for name in sorted(odd):
                if name in line:
                    return TemplateFault("papers.placeholder-unknown", name, number)
        return None

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with its placeholders filled; empty when all that it prints are empty.

        Raises:
            TemplateError: ``papers.placeholder-unknown``.
        """
        fault = self.unknown(values)
        if fault is not None:
            raise TemplateError(fault)
        if self._template is None:
            return self.text
        return self._filled(tuple([values[name] for name in self._order]))

    def _fill(self, values: tuple[str, ...]) -> str:
        given = dict(zip(self._order, values, strict=True))
        if self.printed and not any(given[name] for name in self.printed):
            return ""
        return str(cast("Template", self._template).render(given))


@lru_cache(maxsize=2048)
def template(text: str) -> WordingTemplate:
    """Return a text, read and checked; the same text is read once.

    Raises:
        TemplateError: the text cannot be used.
    """
    return WordingTemplate(text)


def _parsed(text: str) -> nodes.Template:
    try:
        tree = _ENVIRONMENT.parse(text)
    except TemplateSyntaxError as error:
        raise TemplateError(_broken(text, error.lineno)) from error
    for node in _walk(tree):
        refused = not isinstance(node, _ALLOWED)
        if isinstance(node, nodes.Operand):
            refused = node.op not in _COMPARED_BY
        if refused:
            raise TemplateError(_broken(text, node.lineno))
    _check_braces(text, tree)
    return tree


def _walk(node: nodes.Node) -> Iterable[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _check_braces(text: str, tree: nodes.Template) -> None:
    """Refuse braces that would be printed: nobody writes one in a letter, a slip leaves them."""
    for data in tree.find_all(nodes.TemplateData):
        if "{" in data.data or "}" in data.data:
            raise TemplateError(_broken(text, data.lineno))


def _broken(text: str, line: int) -> TemplateFault:
    lines = text.split("\n")
    return TemplateFault("papers.placeholder-broken", lines[min(line, len(lines)) - 1].strip(), line)


def _printed(tree: nodes.Template) -> frozenset[str]:
    return frozenset(
        child.name
        for output in tree.find_all(nodes.Output)
        for child in output.nodes
        if isinstance(child, nodes.Name)
    )
