"""Cut out the part of a paragraph that best shows why it was found."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from .analysis import sentences
from .match import MatchedSpan
from .results import Snippet
from .spans import Span, Spans

ONE_WINDOW = 240  # characters: two to three lines, as much as people read at a glance
OF_TWO_WINDOWS = 160  # characters of each window if two are shown
ELLIPSIS = "…"


def snippet(text: str, matches: Sequence[MatchedSpan], spans: Sequence[Span]) -> Snippet:
    """Return the best part or two of a text, with the matches as spans of the snippet.

    ``matches`` are sorted; ``spans`` are the same, merged. The part has the most different terms,
    closest together, in whole sentences if they fit; a second part has terms that it lacks.
    """
    if len(text) <= ONE_WINDOW:
        return _cut(text, [(0, len(text))], spans)
    bounds = [0, *(stop for _, stop in sentences(text))]  # of the sentences
    first, terms = _best(matches, ONE_WINDOW)
    if terms == len({term for _, _, term in matches}):
        return _cut(text, [_fit(text, first, ONE_WINDOW, bounds)], spans)
    first, _ = _best(matches, OF_TWO_WINDOWS)
    one = _fit(text, first, OF_TWO_WINDOWS, bounds)
    outside = [match for match in matches if match[0] < one[0] or match[1] > one[1]]
    second, _ = _best(outside, OF_TWO_WINDOWS)
    one, two = sorted((one, _fit(text, second, OF_TWO_WINDOWS, bounds)))
    apart = text[one[1] : two[0]].strip()
    return _cut(text, [one, two] if apart else [(one[0], max(one[1], two[1]))], spans)


def _best(matches: Sequence[MatchedSpan], length: int) -> tuple[Sequence[MatchedSpan], int]:
    """Return the matches within ``length`` characters that have the most terms, and how many."""
    best, highest, first = matches[:0], (0, 0), 0
    counts = Counter[int]()  # of the terms from the first match to the last
    for last, (_, stop, term) in enumerate(matches):
        counts[term] += 1
        start, _, other = matches[first]
        while first < last and (stop - start > length or counts[other] > 1):
            counts[other] -= 1
            if not counts[other]:
                del counts[other]
            first += 1
            start, _, other = matches[first]
        if (len(counts), start - stop) > highest:  # of as many, the closest together, or the first
            best, highest = matches[first : last + 1], (len(counts), start - stop)
    return best, highest[0]


def _fit(text: str, run: Sequence[MatchedSpan], length: int, bounds: Sequence[int]) -> Span:
    """Return a window of about ``length`` characters around matches: whole sentences, or words."""
    first, last = (run[0][0], run[-1][1]) if run else (0, 0)
    behind = bisect_right(bounds, first)
    start, stop = bounds[behind - 1], bounds[max(bisect_left(bounds, last), behind)]
    if stop - start > length:
        return _words(text, first, last, (start, stop), length)
    # Then the sentences that follow, and those before, as far as they fit.
    stop = bounds[bisect_right(bounds, start + length) - 1]
    start = min(start, bounds[bisect_left(bounds, stop - length)])
    return start, stop


def _words(text: str, first: int, last: int, within: Span, length: int) -> Span:
    """Return a window of whole words in a long sentence, with the matches in its middle."""
    low, high = within
    room = max(length - (last - first), 0)
    start = max(low, min(first - room // 2, high - length))
    stop = min(high, max(start + length, last))
    if low < start < first:
        start = text.find(" ", start - 1, first) + 1 or first
    if last < stop < high:
        stop = max(text.rfind(" ", last, stop + 1), last)
    return start, stop


def _cut(text: str, windows: Sequence[Span], spans: Sequence[Span]) -> Snippet:
    """Return the windows as one text, with an ellipsis wherever something is left out."""
    shown, moved, stop = "", [], 0
    for low, high in windows:
        part = text[low:high].strip()
        start = text.index(part, low)
        stop = start + len(part)
        if start:
            shown = f"{shown} {ELLIPSIS} ".lstrip()
        shift = len(shown) - start
        inside = (span for span in spans if start <= span[0] and span[1] <= stop)
        moved += [(first + shift, last + shift) for first, last in inside]
        shown += part
    rest = f" {ELLIPSIS}" if text[stop:].strip() else ""
    return Snippet(shown + rest, Spans(moved))
