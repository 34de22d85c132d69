"""Progress says what, how far and how long yet, and nothing where nobody watches."""

import io

from sla.progress import on_terminal, part


def test_a_part_moves_the_whole_between_its_two_ends() -> None:
    heard: list[tuple[str, float]] = []
    of_half = part(lambda step, done: heard.append((step, done)), 0.5, 1.0)
    of_half("measuring", 0.5)
    assert heard == [("measuring", 0.75)]


def test_a_terminal_shows_one_line_with_step_share_and_time_left() -> None:
    seconds = iter([0.0, 30.0, 40.0])
    out = io.StringIO()
    show = on_terminal(out, lambda: next(seconds))
    show("reading tickets.csv", 0.25)  # 30 s for a quarter: 90 s for the rest
    show("done", 1.0)
    assert out.getvalue() == "\r\x1b[K 25%  reading tickets.csv, about 2 min left\r\x1b[K"


def test_before_anything_is_known_no_time_is_promised() -> None:
    out = io.StringIO()
    on_terminal(out, lambda: 0.0)("reading policies", 0.0)
    assert out.getvalue() == "\r\x1b[K  0%  reading policies"
