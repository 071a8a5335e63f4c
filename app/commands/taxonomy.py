"""`./ithaca taxonomy`: the programme's own terms and synonyms. What is added counts at once, everywhere."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from app import environment, taxonomy_file
from app.errors import CommandError
from core.queue import Unheard
from core.rules.errors import NotFound
from core.rules.taxonomy import TermsRefused
from core.services.taxonomy import add_terms, current_taxonomy, remove_term
from core.taxonomy import OwnTerm, TagKind, Taxonomy
from core.uow import SYSTEM, Units, connect


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Show or change the terms."""
    act: Callable[[Units, argparse.Namespace], str] = ACTIONS[arguments.action]
    with _units(environ) as units:
        sys.stdout.write(f"{act(units, arguments)}\n")
    return 0


def _add(units: Units, arguments: argparse.Namespace) -> str:
    term = OwnTerm(TagKind(arguments.kind), arguments.label, tuple(arguments.synonym))
    try:
        return _added(units, [term], arguments.reason)
    except TermsRefused as error:
        raise CommandError(error.problems[0]) from None


def _import(units: Units, arguments: argparse.Namespace) -> str:
    terms = taxonomy_file.read(arguments.file)
    lines = list(terms)
    try:
        return _added(units, list(terms.values()), arguments.reason or f"Imported from {arguments.file.name}")
    except TermsRefused as error:
        problems = {lines[place]: problem for place, problem in error.problems.items()}
        raise taxonomy_file.refused(arguments.file, problems) from None


def _added(units: Units, terms: Sequence[OwnTerm], reason: str) -> str:
    with units.work(SYSTEM) as work:
        changed = add_terms(work, terms, reason)
    return _said(changed)


def _remove(units: Units, arguments: argparse.Namespace) -> str:
    try:
        with units.work(SYSTEM) as work:
            changed = remove_term(work, TagKind(arguments.kind), arguments.label, arguments.reason)
    except NotFound:
        raise CommandError(
            f"{arguments.label} is no {arguments.kind} that was added here: `./ithaca taxonomy list` shows those."
        ) from None
    return _said(changed)


def _said(changed: Taxonomy) -> str:
    number = len(changed.own)
    return f"This is version {changed.version} of the taxonomy, with {number} term{'s' * (number != 1)} of your own."


def _list(units: Units, arguments: argparse.Namespace) -> str:
    with units.read(SYSTEM) as reading:
        taxonomy = current_taxonomy(reading)
    return "\n".join(_lines(taxonomy, [TagKind(arguments.kind)] if arguments.kind else list(TagKind), arguments.all))


def _lines(taxonomy: Taxonomy, kinds: Sequence[TagKind], everything: bool) -> Iterator[str]:
    if everything:
        for kind in kinds:
            yield from (_line(kind, term.label, term.synonyms) for term in taxonomy.terms(kind))
        return
    yield from (_line(term.kind, term.label, term.synonyms) for term in taxonomy.own if term.kind in kinds)
    yield f"Version {taxonomy.version}. Terms that come with Ithaca are listed with --all."


def _line(kind: TagKind, label: str, synonyms: Sequence[str]) -> str:
    return f"{kind:<9} {label}{': ' if synonyms else ''}{'; '.join(synonyms)}"


ACTIONS: Mapping[str, Callable[[Units, argparse.Namespace], str]] = {
    "add": _add,
    "import": _import,
    "list": _list,
    "remove": _remove,
}


@contextmanager
def _units(environ: Mapping[str, str]) -> Iterator[Units]:
    engine = connect(environment.settings(environ).service_database_url, pool_size=1)
    try:
        yield Units(engine, Unheard())
    finally:
        engine.dispose()
