"""Texts with Japanese placeholders: ``{{氏名}}``, and parts that stand only in some cases.

The template library is Jinja2, of which a clerk's text may use just this: placeholders, and
``{% if 合格 %}…{% elif 補欠 %}…{% else %}…{% endif %}`` with ``and``, ``or``, ``not``, ``==`` and ``!=``.
Everything else it knows (attributes, filters, calls, loops, files) is refused before a text is
used, so that a wording can neither read anything nor run for long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
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
_TOO_MUCH: Final = (RecursionError, SyntaxError, ValueError, OverflowError, MemoryError)
"""What parts within parts without end, or a number of ten thousand digits, end with."""
_COMPARED_BY: Final = frozenset({"eq", "ne"})
_ENVIRONMENT: Final = SandboxedEnvironment(
    undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, cache_size=0
)
_ENVIRONMENT.globals.clear()


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

    A text of placeholders alone is filled without the template library: most texts are, and a letter
    has some twenty of them.

    Attributes:
        names: the placeholders that the text prints or asks about.
        printed: those it prints.
    """

    __slots__ = ("_form", "_needed", "_pick", "_template", "names", "printed", "text")

    def __init__(self, text: str) -> None:
        """Read a text.

        Raises:
            TemplateError: ``papers.placeholder-broken`` or ``papers.placeholder-unknown``.
        """
        self.text = text
        tree = _parsed(text)
        self.names = frozenset(name.name for name in tree.find_all(nodes.Name))
        self.printed = _printed(tree)
        self._needed = self.printed - _asked(tree)
        self._form, self._pick = _plain_form(tree)
        self._template = None if self._form is not None else _compiled(text, tree)

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

        A text whose conditions ask about all that it prints says itself what stands when they are empty.

        Raises:
            TemplateError: ``papers.placeholder-unknown``.
        """
        if not self.names <= values.keys():
            fault = self.unknown(values)
            raise TemplateError(fault or _broken(self.text, 1))
        if self._form is not None:
            if self._pick is None:
                return self._form
            filling = self._pick(values)
            return self._form % filling if any(filling) else ""
        if self._needed and not any(values[name] for name in self.printed):
            return ""
        return str(self._template.render(values)) if self._template is not None else self.text


@lru_cache(maxsize=4096)
def template(text: str) -> WordingTemplate:
    """Return a text, read and checked; the same text is read once.

    Raises:
        TemplateError: the text cannot be used.
    """
    return WordingTemplate(text)


def _parsed(text: str) -> nodes.Template:
    try:
        tree = _ENVIRONMENT.parse(text)
        for node in _walk(tree):
            if _is_refused(node):
                raise TemplateError(_broken(text, node.lineno))
    except TemplateSyntaxError as error:
        raise TemplateError(_broken(text, error.lineno)) from error
    except _TOO_MUCH as error:
        raise TemplateError(_broken(text, 1)) from error
    _check_braces(text, tree)
    return tree


def _is_refused(node: nodes.Node) -> bool:
    """Tell whether a text may not hold this; what is printed must be a placeholder by its name."""
    if isinstance(node, nodes.Operand):
        return node.op not in _COMPARED_BY
    if isinstance(node, nodes.Output):
        return not all(isinstance(child, nodes.Name | nodes.TemplateData) for child in node.nodes)
    return not isinstance(node, _ALLOWED)


def _compiled(text: str, tree: nodes.Template) -> Template:
    try:
        return _ENVIRONMENT.from_string(tree)
    except (TemplateSyntaxError, *_TOO_MUCH) as error:
        raise TemplateError(_broken(text, 1)) from error


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


def _asked(tree: nodes.Template) -> frozenset[str]:
    """Return the placeholders that conditions ask about."""
    asked = (node for one in tree.find_all(nodes.If) for node in _walk(one.test))
    return frozenset(node.name for node in asked if isinstance(node, nodes.Name))


def _plain_form(tree: nodes.Template) -> tuple[str | None, Callable[[Mapping[str, str]], Any] | None]:
    """Return a text without conditions as a form to be filled and what picks its filling.

    Both are ``None`` for a text with conditions; a text without placeholders is its own form.
    """
    form: list[str] = []
    names: list[str] = []
    for output in tree.body:
        if not isinstance(output, nodes.Output):
            return None, None
        for child in output.nodes:
            if isinstance(child, nodes.Name):
                names.append(child.name)
                form.append("%s")
            elif isinstance(child, nodes.TemplateData):
                form.append(child.data.replace("%", "%%"))
            else:
                return None, None
    if not names:
        return "".join(form).replace("%%", "%"), None
    return "".join(form), itemgetter(*names) if len(names) > 1 else _one(names[0])


def _one(name: str) -> Callable[[Mapping[str, str]], tuple[str]]:
    return lambda values: (values[name],)


def _printed(tree: nodes.Template) -> frozenset[str]:
    return frozenset(
        child.name
        for output in tree.find_all(nodes.Output)
        for child in output.nodes
        if isinstance(child, nodes.Name)
    )
