"""A match by hand in Slack: how well two people fit, the form that confirms it, and the form that ends one."""

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    checkboxes,
    context,
    escape,
    message,
    modal,
    option,
    question,
    section,
    text_input,
)
from bot.ids import Action, Callback, Field
from bot.views.reasons import not_compared, reason_block, reasons
from core.rules.reasons import WHY
from core.rules.runs import RunState
from core.rules.scores import word
from core.services.manual_runs import ManualRun, ScoredMentor
from core.services.matches import Pair
from core.services.people import Person
from core.staff_words import objection_lines
from core.words import count

OVERRULED = "yes"
ONLY_STAFF = "Only staff read it, in the audit log."
MORE = "Mentors side by side, and all that staff can do, are behind `/mentor-admin dashboard`."


def name_two_message(word: str) -> Message:
    """How the command is typed."""
    text = (
        f"Please name a student and a mentor: `/mentor-admin {word} @student @mentor`. A name or an e-mail does, too."
    )
    return message(text, [section(text)])


def scoring_message(student: Person, mentor: Person) -> Message:
    """While a worker looks at the two."""
    text = f"Looking at how well {escape(student.name)} and {escape(mentor.name)} fit. It takes a moment."
    return message(text, [section(text)])


def pair_message(run: ManualRun) -> Message:
    """How well the two fit, why, what speaks against them, and the button, if staff may match them."""
    named = next((one for one in run.mentors if one.mentor_id in run.named), None)
    if run.state is RunState.FAILED or named is None:
        text = escape(run.failure) or f"There is nothing to tell about {escape(run.student_name)} and this mentor."
        return message(text, [section(text)])
    student, mentor = escape(run.student_name), escape(named.name)
    head = f"{student} and {mentor}: {named.score:.0f} of 100, {word(named.score)}"
    against = objection_lines(named.objections)
    told = [
        *reasons(named.criteria, run.student_name, named.name, points=True),
        *not_compared(named.criteria),
    ]
    text = " ".join((f"{head}.", *against))
    blocks = [section(f"*{head}*"), *([reason_block("Why they fit", told)] if told else [])]
    blocks += [reason_block("What speaks against it", (f"• {line}" for line in against))] if against else []
    return message(text, [*blocks, context(_places(named)), *_confirm(run, named), context(MORE)])


def _places(mentor: ScoredMentor) -> str:
    facts, name = mentor.facts, escape(mentor.name)
    if facts is None:
        return f"{name} is no mentor any more."
    asked = f", and is asked about {count(facts.open_offers, 'student')} now" if facts.open_offers else ""
    return f"{name} has {facts.free_places} of {facts.max_mentees} places free{asked}."


def _confirm(run: ManualRun, mentor: ScoredMentor) -> list[Json]:
    if not mentor.is_possible:
        return []
    return [actions(button("Confirm", Action.BY_HAND_CONFIRM, f"{run.id} {mentor.mentor_id}", style="primary"))]


def confirm_modal(run: ManualRun, mentor: ScoredMentor) -> Json:
    """Why these two, and whether it is meant although the mentor has no time for more."""
    told = f"*{escape(run.student_name)} and {escape(mentor.name)}*\nBoth read their introduction at once."
    against = [context(" ".join(objection_lines(mentor.objections)))] if mentor.objections else []
    overrule = option("Also if the mentor is full, paused, or asked about many", OVERRULED)
    return modal(
        "Match by hand",
        Callback.CONFIRM_BY_HAND,
        [
            section(told),
            *against,
            question("Why?", text_input(Field.BY_HAND_WHY, "", WHY, lines=True), hint=ONLY_STAFF),
            question("I mean it", checkboxes(Field.BY_HAND_OVERRULED, [overrule]), required=False),
        ],
        submit="Confirm",
        carries=f"{run.id} {mentor.mentor_id}",
    )


def end_as_staff_modal(pair: Pair) -> Json:
    """Why staff end a mentorship."""
    names = f"{escape(pair.student.name)} and {escape(pair.mentor.name)}"
    told = f"*{names}*\nBoth are told that it has ended, not why and not by whom. It cannot be undone."
    return modal(
        "End a mentorship",
        Callback.END_AS_STAFF,
        [section(told), question("Why?", text_input(Field.BY_HAND_WHY, "", WHY, lines=True), hint=ONLY_STAFF)],
        submit="End it",
        carries=pair.match_id,
    )


def matched_notice(pair: Pair) -> str:
    """What who confirmed reads then."""
    return f"{escape(pair.student.name)} and {escape(pair.mentor.name)} are student and mentor now."
