"""The part of a paragraph that shows best why it was found."""

from __future__ import annotations

from collections.abc import Sequence

from .highlight import Match
from .results import Snippet, Span

# Characters: two to three lines on a wide screen, what is taken in at a glance.
ONE_WINDOW = 240
# Characters of each window where the paragraph answers in two places.
OF_TWO_WINDOWS = 160
ELLIPSIS = "…"


def snippet(
    text: str, matches: Sequence[Match], spans: Sequence[Span], sentences: Sequence[Span]
) -> Snippet:
    """The best part of a text, or two parts, with its matches as spans of the snippet's own text.

    ``spans`` are the ``matches`` merged. Whole sentences where they fit. The window is the one
    with the most different terms, nearest together; where another has terms that it lacks, or all
    of them again, both are shown.
    """
    if len(text) <= ONE_WINDOW:
        return _cut(text, [(0, len(text))], spans)
    ordered = sorted(matches)
    first = _best(ordered, ONE_WINDOW)
    windows = [_fit(text, first, ONE_WINDOW, sentences)]
    if _adds(_outside(ordered, windows[0]), _terms(first)):
        first = _best(ordered, OF_TWO_WINDOWS)
        windows = [_fit(text, first, OF_TWO_WINDOWS, sentences)]
        second = _best(_outside(ordered, windows[0]), OF_TWO_WINDOWS)
        windows.append(_fit(text, second, OF_TWO_WINDOWS, sentences))
    return _cut(text, _joined(text, sorted(windows)), spans)


def _outside(matches: Sequence[Match], window: Span) -> Sequence[Match]:
    start, stop = window
    return [match for match in matches if match[0] < start or match[1] > stop]


def _terms(matches: Sequence[Match]) -> set[int]:
    return {match.term for match in matches}


def _adds(outside: Sequence[Match], shown: set[int]) -> bool:
    """Whether a second window has a term that the first lacks, or all of two or more again."""
    other = _terms(outside)
    if not other <= shown:
        return True
    return len(shown) > 1 and other == shown == _terms(_best(outside, OF_TWO_WINDOWS))


def _best(matches: Sequence[Match], length: int) -> Sequence[Match]:
    """The run of matches within length characters with the most terms, nearest together, first.

    A window slides over the matches; one at its front is let go when the window is too long, or
    when its term comes again.
    """
    rank, best = (0, 0), (0, 0)
    held: dict[int, int] = {}
    front = 0
    for last, (_, stop, term) in enumerate(matches):
        held[term] = held.get(term, 0) + 1
        while front < last:
            start, _, foremost = matches[front]
            if stop - start <= length and held[foremost] == 1:
                break
            held[foremost] -= 1
            if not held[foremost]:
                del held[foremost]
            front += 1
        here = (len(held), matches[front].start - stop)
        if not last or here > rank:
            rank, best = here, (front, last + 1)
    return matches[best[0] : best[1]]


def _fit(text: str, run: Sequence[Match], length: int, whole: Sequence[Span]) -> Span:
    """A window of about length characters around a run: whole sentences, else whole words."""
    first, last = (run[0].start, run[-1].stop) if run else (0, 0)
    held = [span for span in whole if span[1] > first and span[0] < max(last, first + 1)]
    start, stop = held[0][0], held[-1][1]
    if stop - start > length:
        return _words(text, first, last, (start, stop), length)
    for _, end in whole:  # the sentences that follow, then those before, as far as they fit
        if stop < end <= start + length:
            stop = end
    for begin, _ in reversed(whole):
        if stop - length <= begin < start:
            start = begin
    return start, stop


def _words(text: str, first: int, last: int, within: Span, length: int) -> Span:
    """A window of whole words inside a long sentence, the matches first to last in its middle."""
    room = max(length - (last - first), 0)
    start = max(within[0], min(first - room // 2, within[1] - length))
    stop = min(within[1], max(start + length, last))
    while within[0] < start < first and not text[start - 1].isspace():
        start += 1
    while last < stop < within[1] and not text[stop].isspace():
        stop -= 1
    return start, stop


def _joined(text: str, windows: Sequence[Span]) -> list[Span]:
    """The windows, those as one that nothing but white space parts."""
    joined = [windows[0]]
    for start, stop in windows[1:]:
        if not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _cut(text: str, windows: Sequence[Span], spans: Sequence[Span]) -> Snippet:
    """The windows as one text, an ellipsis wherever something is left out, the spans with it."""
    pieces, moved, length = [], [], 0
    for number, (start, stop) in enumerate(windows):
        start += len(text[start:stop]) - len(text[start:stop].lstrip())
        stop = start + len(text[start:stop].rstrip())
        lead = (ELLIPSIS + " " if start else "") if number == 0 else f" {ELLIPSIS} "
        shift = length + len(lead) - start
        moved += [(a + shift, b + shift) for a, b in spans if start <= a and b <= stop]
        pieces.append(lead + text[start:stop])
        length += len(pieces[-1])
    if text[stop:].strip():
        pieces.append(f" {ELLIPSIS}")
    return Snippet("".join(pieces), tuple(moved))
