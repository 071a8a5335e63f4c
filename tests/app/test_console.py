import io

from app.stack.console import Console
from app.stack.log import Event


def test_what_repeats_is_counted() -> None:
    terminal = io.StringIO()
    console = Console(terminal, {})
    for _ in range(100):
        console.event("delivery", Event("WARNING", "Slack asks to wait"))
    console.event("web", Event("INFO", "hello"))
    said = [line.split(maxsplit=1)[-1] for line in terminal.getvalue().splitlines()]
    assert [" ".join(line.split()) for line in said] == [
        "delivery Slack asks to wait",
        "the same 99 times more",
        "web hello",
    ]


def test_colours_are_for_terminals_that_want_them() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for environ, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        terminal = Terminal()
        Console(terminal, environ).failure("no")
        assert ("\x1b[" in terminal.getvalue()) == coloured


def test_a_terminal_that_went_away_is_no_failure() -> None:
    terminal = io.StringIO()
    console = Console(terminal, {})
    terminal.close()
    console.say("to nobody")
