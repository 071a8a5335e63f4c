"""What can be typed, and how staff are reached."""

from bot.views.menu import help_message


def test_staffs_own_words_end_the_help() -> None:
    shown = help_message(contact="Room 4 & <hall>")
    assert shown.text.endswith("Room 4 &amp; &lt;hall&gt;")
    assert len(shown.blocks) == len(help_message().blocks) + 1
    assert help_message(contact="").text == help_message().text
