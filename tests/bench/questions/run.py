"""`./ithaca bench questions`: precision and recall of similar questions, on pairs whose answer is known."""

import argparse
import sys
from collections.abc import Iterator, Mapping

from app.errors import CommandError
from embeddings.encoder import DEFAULT_MODEL, ModelError, load
from embeddings.questions import question_text
from embeddings.vectors import Encoder
from matching.similar import THRESHOLD
from tests.bench.questions.measuring import Figures, Measured, Text, measured
from tests.bench.questions.pairs import Asked, Part, pairs, questions

SHOWN = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)


def in_use(asked: Asked) -> str:
    """The text that the service compares."""
    return question_text(asked.question, asked.topics)


def _topics(asked: Asked) -> str:
    return ", ".join(sorted(asked.topics, key=str.casefold))


TEXTS: Mapping[str, Text] = {
    "question": lambda one: one.question,
    "question, details": lambda one: f"{one.question} {one.details}",
    "question, topics": lambda one: f"{one.question} {_topics(one)}",
    "topics, question": lambda one: f"{_topics(one)}: {one.question}",
    "topics, question, details": lambda one: f"{_topics(one)}: {one.question} {one.details}",
}
"""What else might be compared."""


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print it all."""
    del arguments
    try:
        encoder = load(environ.get("ITHACA_MODEL") or DEFAULT_MODEL)
    except ModelError as error:
        raise CommandError(str(error)) from None
    sys.stdout.writelines(f"{line}\n" for line in report(encoder))
    return 0


def report(encoder: Encoder) -> Iterator[str]:
    """All there is to tell, line by line."""
    asked = questions()
    all_pairs = pairs(asked)
    related = [pair for pair in all_pairs if pair.part]
    same, families = sum(pair.same for pair in related), len({one.family for one in asked})
    yield f"{len(asked)} questions in {families} families: {len(related)} pairs, of which {same} ask the same"
    yield f"{len(all_pairs) - len(related):,} pairs of different families; model {encoder.name}"
    yield ""
    ours = measured(asked, all_pairs, encoder, in_use)
    yield f"{'threshold':>9}  {Part.CHOOSING:^26}  {Part.HELD_OUT:^26}  unrelated"
    for threshold in sorted({*SHOWN, THRESHOLD}):
        mark = "in use" if threshold == THRESHOLD else ""
        yield f"{threshold:9.2f}  {_both(ours, threshold)}  {ours.unrelated(threshold):9}  {mark}".rstrip()
    yield ""
    yield f"{'chosen':>9}  {Part.CHOOSING:^26}  {Part.HELD_OUT:^26}  unrelated  text compared"
    for name, text in TEXTS.items():
        tried = measured(asked, all_pairs, encoder, text)
        chosen = tried.chosen()
        yield f"{chosen:9.2f}  {_both(tried, chosen)}  {tried.unrelated(chosen):9}  {name}"


def _both(of: Measured, threshold: float) -> str:
    return "  ".join(_figures(of.figures(part, threshold)) for part in Part)


def _figures(of: Figures) -> str:
    return f"P {of.precision:.3f} R {of.recall:.3f} ({of.right:3}/{of.found:3})"
