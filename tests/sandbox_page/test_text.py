"""How texts are read: Slack's markup, Markdown, dates. The page's own modules, asked in the browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

MARKUP = [
    ("*bold* _it_ ~gone~ `code`", "<strong>bold</strong> <em>it</em> <s>gone</s> <code>code</code>"),
    ("*_both_* and *two words*", "<strong><em>both</em></strong> and <strong>two words</strong>"),
    ("snake_case_name, 2 * 3 * 4", "snake_case_name, 2 * 3 * 4"),
    ("(*edge*), *a*b", "(<strong>edge</strong>), *a*b"),
    ("a &lt;b&gt; &amp;amp;", "a &lt;b&gt; &amp;amp;"),
    ("&gt; one\n&gt; two\nafter", "<blockquote>one<br>two</blockquote>after"),
    ("a\n```x < *y*\nz```\nb", "a<pre>x &lt; *y*\nz</pre>b"),
    ("```open *b*", "```open <strong>b</strong>"),
    ("<javascript:alert(1)|x>", "<span>x</span>"),
    ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
    (":tada: :no_such:", "🎉 :no_such:"),
    (
        "<!here> <!subteam^S1|@staff>",
        '<span class="mention mention-me">@here</span> <span class="mention">@staff</span>',
    ),
    ("<@UNOBODY|old>", '<span class="mention">@old</span>'),
]

MOMENTS = [
    ("2031-03-30T01:59", "Europe/Amsterdam"),
    ("2031-03-30T03:00", "Europe/Amsterdam"),
    ("2031-10-26T12:00", "Europe/Amsterdam"),
    ("2031-07-01T23:30", "America/New_York"),
    ("2031-01-01T00:00", "Asia/Kathmandu"),
]


def ask(page: Page, module: str, code: str, argument: Any) -> Any:
    return page.evaluate(f"async (given) => {{ const m = await import('/static/{module}.js'); {code} }}", argument)


def test_markup_is_read_as_slack_reads_it(as_ben: Page) -> None:
    code = "const box = document.createElement('div'); box.append(...m.mrkdwn(given)); return box.innerHTML;"
    assert {text: ask(as_ben, "mrkdwn", code, text) for text, _ in MARKUP} == dict(MARKUP)


def test_markdown_is_read(as_ben: Page) -> None:
    code = "const box = document.createElement('div'); box.append(...m.markdown(given)); return box.innerHTML;"
    text = "# Title\n**a** and [b](https://example.org)\n- x\n- y\n\n|a|b|\n|-|-|\n|1|2|\n\n<script>"
    assert ask(as_ben, "markdown", code, text) == (
        '<h3 class="md-1">Title</h3>'
        '<p><strong>a</strong> and <a href="https://example.org/" target="_blank" rel="noopener noreferrer">b</a></p>'
        "<ul><li>x</li><li>y</li></ul>"
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
        "<p>&lt;script&gt;</p>"
    )


def test_a_local_time_is_the_same_after_a_round_trip(as_ben: Page) -> None:
    code = "return m.toLocal(m.fromLocal(given.local, given.zone), given.zone);"
    assert [ask(as_ben, "dates", code, {"local": local, "zone": zone}) for local, zone in MOMENTS] == [
        local for local, _ in MOMENTS
    ]


def test_a_skipped_hour_is_the_later_one(as_ben: Page) -> None:
    code = "return m.toLocal(m.fromLocal(given, 'Europe/Amsterdam'), 'Europe/Amsterdam');"
    assert ask(as_ben, "dates", code, "2031-03-30T02:30") == "2031-03-30T03:30"


def test_slack_dates_are_filled_in(as_ben: Page) -> None:
    code = "return m.slackDate(given, '{date} · {date_num} {time} {nothing}', 'Europe/Amsterdam');"
    assert ask(as_ben, "dates", code, 1393324923) == "25 February 2014 · 2014-02-25 11:42 {nothing}"
