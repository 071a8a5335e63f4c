"""What staff are told of troubles with deliveries, in Slack and by letter: what, what to do, and that it is over."""

from collections.abc import Mapping

from core.models import TroubleName

WHAT: Mapping[TroubleName, tuple[str, str]] = {
    TroubleName.INSTALLATION: (
        "Slack does not let this app send messages",
        "Offers and other urgent messages go out by e-mail meanwhile, everything else waits. Please look at the app's "
        "installation in Slack. Once it is mended, messages go out by themselves, none of them twice.",
    ),
    TroubleName.MAIL: (
        "The mail server takes no e-mails from us",
        "They wait, and go out by themselves once it does. Please check `SMTP_URL`.",
    ),
    TroubleName.DRAWING: (
        "A kind of message did not come out as it should",
        "Where that was possible people got it as plain text. This is a mistake in Ithaca: please report it.",
    ),
    TroubleName.STUCK: (
        "Messages that should have gone out have not",
        "Please check that a worker runs for the queue `delivery`. They go out by themselves once one does.",
    ),
    TroubleName.UNREACHED: (
        "A message could not be given to anybody",
        "Somebody has neither Slack nor a working e-mail address, or a channel is missing. Please look at the log.",
    ),
    TroubleName.CHANNEL: (
        "Quick questions cannot be posted in their channel",
        "It is not there, is archived, or this app may not post in it. Please create it under the name that "
        "`ITHACA_QUESTION_CHANNEL` says, and invite the app. What waits goes out by itself then, none of it twice.",
    ),
}

OVER: Mapping[TroubleName, str] = {
    TroubleName.INSTALLATION: "Slack lets this app send messages again.",
    TroubleName.MAIL: "The mail server takes our e-mails again.",
    TroubleName.DRAWING: "For a day every message of this kind came out as it should.",
    TroubleName.STUCK: "Messages go out again.",
    TroubleName.UNREACHED: "For a day every message reached somebody.",
    TroubleName.CHANNEL: "Quick questions are posted in their channel again.",
}
