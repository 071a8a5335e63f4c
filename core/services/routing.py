"""How each due message goes on: by Slack, by e-mail, later, in a digest, person by person, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core.models import Channel, Notification, NotificationState, User
from core.notifications import MANNERS, ChannelName, Kind
from core.rules.roles import PersonState
from core.services import gates
from core.services.attention import Attention, needs_attention
from core.services.conversations import together
from core.services.preferences import wants_no_more
from core.services.troubles import staff
from core.uow import Reading

LOOK_AGAIN = timedelta(minutes=1)
State = NotificationState


@dataclass(frozen=True)
class Candidate:
    """A due message, its person if it is for one, and its card if it is a change."""

    row: Notification
    person: User | None
    card: Notification | None


@dataclass(frozen=True)
class Go:
    """Out it goes. In Slack: to a conversation, or to these accounts; `key` is the gate it has to pass."""

    by: Channel
    key: str = ""
    conversation: str | None = None
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wait:
    """Not before this moment."""

    until: datetime


@dataclass(frozen=True)
class Hold:
    """In the person's next digest."""

    person: User


@dataclass(frozen=True)
class Split:
    """To each of these people on their own."""

    people: tuple[UUID, ...]


@dataclass(frozen=True)
class Drop:
    """Not at all: nobody needs it, or the person does not want it."""

    reason: str


Way = Go | Wait | Hold | Split | Drop


def decide(reading: Reading, found: Sequence[Candidate], *, broken: bool) -> list[tuple[Candidate, Way]]:
    """The way of each message. `broken`: Slack refuses the app, so what is here goes by e-mail."""
    router = _Router(reading, found, broken)
    return [(one, router.way(one)) for one in found]


class _Router:
    def __init__(self, reading: Reading, found: Sequence[Candidate], broken: bool) -> None:
        self._reading, self._broken = reading, broken
        self._attention = Attention(reading, (one.row for one in found))
        self._pairs = together(reading, filter(None, (one.row.match_id or one.row.claim_id for one in found)))
        self._drawn: set[UUID] = set()

    def way(self, one: Candidate) -> Way:
        if one.row.kind == Kind.REMOVED:
            return self._removal(one)
        if one.person and one.person.state is PersonState.ERASED:
            return Drop("erased")
        if one.row.updates_id:
            return self._change(one)
        if one.person:
            return self._to_person(one.row, one.person)
        pair_id = one.row.match_id or one.row.claim_id
        return self._to_pair(pair_id) if pair_id else self._to_channel(one.row)

    def _removal(self, one: Candidate) -> Way:
        """Whoever it was for, and whatever became of them, it is taken down where it stands."""
        if one.card is None or one.card.slack_ts is None:
            return Drop("it stands nowhere")
        return Go(Channel.SLACK, gates.DELETE, one.card.slack_channel)

    def _change(self, one: Candidate) -> Way:
        """A card is drawn as things stand: one change does for all that wait, and none is needed before the card."""
        card = one.card
        if card is None or card.id in self._drawn:
            return Drop("drawn with another change")
        if card.state is State.PENDING:
            return Drop("drawn with its card")
        if card.state is State.SPLIT:
            return Split(())
        if card.state is not State.SENT or card.digest_id:
            return Drop("its card never went out")
        self._drawn.add(card.id)
        if card.channel is Channel.EMAIL:
            return Go(Channel.EMAIL, gates.MAIL)
        if one.person and not in_slack(one.person):
            return Drop("Slack does not let us change its card")
        return Go(Channel.SLACK, gates.UPDATE, card.slack_channel)

    def _to_person(self, row: Notification, person: User) -> Way:
        kind = Kind(row.kind)
        if MANNERS[kind].optional and wants_no_more(person.preferences):
            return Drop("muted")
        if needs_attention(row):
            allowed = self._attention.allows(person)
            if allowed == "digest":
                return Hold(person)
            if isinstance(allowed, datetime):
                return Wait(allowed)
        if MANNERS[kind].by_mail_only and not person.email:
            return Drop("no e-mail address")
        if MANNERS[kind].by_mail_only or not in_slack(person) or self._broken:
            return Go(Channel.EMAIL, gates.MAIL)
        return Go(
            Channel.SLACK,
            gates.key_of(gates.POST, person.id),
            person.slack_dm_channel,
            (str(person.slack_user_id),),
        )

    def _to_pair(self, pair_id: UUID) -> Way:
        pair = self._pairs[pair_id]
        both = (pair.student, pair.mentor)
        if self._broken or not all(in_slack(person) for person in both):
            return Split((pair.student.id, pair.mentor.id))
        accounts = tuple(str(person.slack_user_id) for person in both)
        return Go(Channel.SLACK, gates.key_of(gates.POST, pair.id), pair.slack_channel, accounts)

    def _to_channel(self, row: Notification) -> Way:
        if not self._broken:
            return Go(Channel.SLACK, gates.key_of(gates.POST, row.channel_name))
        people = staff(self._reading) if row.channel_name == ChannelName.ADMINS else []
        return Split(tuple(people)) if people else Wait(self._reading.now + LOOK_AGAIN)


def in_slack(person: User) -> bool:
    """Whether a person has an account, and Slack has not said that it cannot be written to."""
    return person.slack_user_id is not None and person.slack_refused is None
