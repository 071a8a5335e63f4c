"""Whatever can be pressed, answered or sent is handled, and what is missing is named by its file."""

from bot import routes
from bot.ids import Action, Callback

ONLY_READ = {Callback.OPEN_QUESTIONS, Callback.LEADERBOARD, Callback.NOTICE}  # modals with nothing to send


def test_every_button_and_every_form_has_a_handler() -> None:
    unhandled = (
        {*Action, *Callback} - routes.CLICKS.keys() - routes.SUBMISSIONS.keys() - {*routes.SUGGESTED} - ONLY_READ
    )
    missing = [f"{type(one).__name__}.{one.name} has no handler in a table of bot/routes.py" for one in unhandled]
    assert not missing, "; ".join(missing)
