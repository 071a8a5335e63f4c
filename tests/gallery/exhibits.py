"""What hangs in the gallery: views, each drawn of a sample, and letters; a room for each aggregate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ParamSpec

from bot.blocks import Json, Message

P = ParamSpec("P")
View = Callable[..., Message | Json]

MIA, KIM, ADA = "U0MIA", "U0KIM", "U0ADA"
"""Who looks at it: the student, the mentor, somebody on staff. The samples know them by these ids."""


@dataclass(frozen=True)
class Exhibit:
    """A message, a modal or a Home tab. `name` is its file's, `view` the function that draws it.

    With `pressed` it is what a button of that name asks before it acts.
    """

    name: str
    caption: str
    reader: str
    view: View
    draw: Callable[[], Message | Json]
    pressed: str = ""


@dataclass(frozen=True)
class Room:
    """What belongs to one aggregate, on a page of its own that is called `name`.

    Letters go by their names in `tests/mail/samples.py`. What `phone` names, `offer` or `letter-offer`, is shown on a
    phone too, and the letters in `dark` in the dark.
    """

    name: str
    title: str
    views: tuple[Exhibit, ...]
    letters: tuple[str, ...] = ()
    phone: frozenset[str] = frozenset()
    dark: frozenset[str] = frozenset()

    @property
    def exhibits(self) -> frozenset[str]:
        """The name of everything in it."""
        return frozenset((*(view.name for view in self.views), *(f"letter-{name}" for name in self.letters)))

    def files(self) -> Iterator[str]:
        """Every picture in it, without its ending."""
        for view in self.views:
            yield view.name
            yield from (f"{view.name}-phone" for _ in self.phone & {view.name})
        for letter in self.letters:
            yield f"letter-{letter}"
            yield from (f"letter-{letter}-phone" for _ in self.phone & {f"letter-{letter}"})
            yield from (f"letter-{letter}-dark" for _ in self.dark & {letter})


def shown(
    reader: str, name: str, caption: str, view: Callable[P, Message | Json], *args: P.args, **kwargs: P.kwargs
) -> Exhibit:
    """A view and what it is drawn of."""
    return Exhibit(name, caption, reader, view, lambda: view(*args, **kwargs))


def pressed(label: str, on: Exhibit) -> Exhibit:
    """What the button of this name asks before it acts."""
    name = f"{on.name}-{label.lower().replace(' ', '-')}"
    return replace(on, name=name, caption=f"`{label}` asks first", pressed=label)
