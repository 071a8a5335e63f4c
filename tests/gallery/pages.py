"""The pages of the docs in which the pictures hang: written from the catalogue."""

from collections.abc import Iterator

from tests.gallery.exhibits import Room
from tests.mail.samples import letters

HEAD = """# {title}

[The gallery](../gallery.md) · `./ithaca gallery {name}` takes these pictures anew and writes this page.
"""
TEXT = """<details><summary>Plain text</summary>

```
{text}
```
</details>
"""


def page(room: Room) -> str:
    """A room as Markdown: what Slack shows, then the letters with their plain text, which needs no picture."""
    views = [HEAD.format(title=room.title, name=room.name), *_views(room)]
    return "\n".join([*views, *(["## By e-mail\n", *_letters(room)] if room.letters else [])])


def _views(room: Room) -> Iterator[str]:
    yield "## In Slack\n"
    for view in room.views:
        yield f"**{view.caption}**\n"
        yield f"![{_plain(view.caption)}]({room.name}/{view.name}.png)\n"
        if view.name in room.phone:
            yield f"On a phone:\n\n![{_plain(view.caption)}, on a phone]({room.name}/{view.name}-phone.png)\n"


def _letters(room: Room) -> Iterator[str]:
    for name in room.letters:
        letter = letters()[name]
        file = f"{room.name}/letter-{name}"
        yield f"**{letter.subject}** (`{name}`)\n"
        yield f"![{letter.subject}]({file}.png)\n"
        if f"letter-{name}" in room.phone:
            yield f"On a phone:\n\n![{letter.subject}, on a phone]({file}-phone.png)\n"
        if name in room.dark:
            yield f"In the dark:\n\n![{letter.subject}, in the dark]({file}-dark.png)\n"
        yield TEXT.format(text=letter.text.strip())


def _plain(caption: str) -> str:
    return caption.replace("`", "")
