"""The words for a matched intake: how much better it is than greedy, and why somebody is left over or out."""

from collections.abc import Iterable, Mapping

from core.rules.cohorts import LeftOut, Totals
from core.rules.eligibility import Refusal
from core.rules.runs import RunState
from core.words import count, listed, upper_first

WHY_NOT: Mapping[str, str] = {
    Refusal.NO_ROOM: "no place left",
    Refusal.INACTIVE: "left the programme",
    Refusal.PAUSED: "takes no new students now",
    Refusal.EXCLUDED: "was asked before, said no, was their mentor before, or is kept apart",
    Refusal.SAME_PERSON: "is the student",
    Refusal.NO_SHARED_LANGUAGE: "no shared language",
    Refusal.MUST_SHARE_INDUSTRY: "shares no industry, which the student asked for",
    Refusal.MUST_SHARE_LANGUAGE: "shares no language, which the student asked for",
    Refusal.MUST_SHARE_TIME_ZONE: "lives in a time zone too far away, which the student asked for",
    Refusal.EXPOSURE: "is asked about enough students already",
    LeftOut.CLOSED: "the request is over: cancelled, or matched by now",
    LeftOut.ASKED: "mentors were asked about this student meanwhile",
    LeftOut.GONE: "one of the two is not there any more",
}
STATES: Mapping[RunState, str] = {
    RunState.ASKED: "Being computed",
    RunState.READY: "To be looked at",
    RunState.FAILED: "Failed",
    RunState.USED: "Published",
    RunState.DROPPED: "Put aside",
}


def compared(found: Totals, greedy: Totals) -> str:
    """What the best total is worth, in a sentence."""
    points, students = round(found.points - greedy.points), found.students - greedy.students
    if not points and not students:
        return "Taking the best pair first, again and again, would have come to the same."
    more = [f"{count(points, 'point')} more in total"] if points else []
    if students:
        more.append(f"{count(abs(students), 'student')} {'more' if students > 0 else 'fewer'} with a mentor")
    return f"Compared with taking the best pair first, again and again: {listed(more)}."


def edited(now: Totals, found: Totals) -> str:
    """What edits by hand have changed in the total; empty where they changed nothing."""
    points, students = round(now.points - found.points), now.students - found.students
    if not points and not students:
        return ""
    parts = [f"{count(abs(points), 'point')} {'more' if points > 0 else 'less'}"]
    if students:
        parts.append(f"{count(abs(students), 'student')} {'more' if students > 0 else 'fewer'} with a mentor")
    return f"Edited by hand: {listed(parts)}."


def left_over(students: int) -> str:
    """Who gets nobody though somebody may be asked, and why."""
    gets = "gets" if students == 1 else "get"
    return f"{upper_first(count(students, 'student'))} {gets} nobody: in this plan the places go to others."


def reasons(codes: Iterable[str]) -> str:
    """Why a pair was left out, as staff read it."""
    return upper_first(listed([WHY_NOT.get(code, code) for code in codes]))


def nobody(refused: Mapping[str, int]) -> str:
    """Why no mentor may meet a student, the most frequent reason first."""
    if not refused:
        return "There is no mentor with a free place."
    most = sorted(refused.items(), key=lambda each: (-each[1], each[0]))
    return "; ".join(f"{count(number, 'mentor')}: {WHY_NOT.get(why, why)}" for why, number in most) + "."
