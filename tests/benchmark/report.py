"""The measurements, as tables to print and as a plot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .engines import OURS
from .measure import Measured
from .question import KINDS

TITLES = {
    "or": "two words, OR",
    "and": "two words, AND",
    "phrase": "phrase",
    "prefix": "prefix",
    "eight": "eight-word question",
}
_MILLI, _MEGA = 1e3, 1e6


def table(measured: Sequence[Measured]) -> str:
    """Return two Markdown tables of the engines: their times, then everything else."""
    ours = measured[0]
    lines = [
        f"{ours.paragraphs:,} paragraphs; milliseconds, and ours / theirs",
        "",
        "| question | engine | median | p95 | ratio | in common |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for kind in KINDS:
        for one in measured:
            if kind in one.times:
                median, p95 = one.median(kind), one.p95(kind)
                lines.append(
                    f"| {TITLES[kind]} | {one.name} | {median * _MILLI:.2f} | {p95 * _MILLI:.2f} "
                    f"| {_ratio(ours.median(kind) / median, one)} | {one.agreement[kind]:.0%} |"
                )
    lines += [
        "",
        "| engine | index, s | size, MB | open, ms | first answer, ms | memory, MB |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {one.name} | {one.indexing:.2f} | {one.size / _MEGA:.1f} "
        f"| {one.served.opening * _MILLI:.1f} | {one.served.first * _MILLI:.1f} "
        f"| {one.served.memory / _MEGA:.0f} |"
        for one in measured
    ]
    return "\n".join(lines)


def _ratio(ratio: float, one: Measured) -> str:
    return "" if one.name == OURS else f"{ratio:.2f}"


def plot(measured: Sequence[Measured], file: Path) -> None:
    """Draw the medians by number of paragraphs, a panel for each kind, as PNG, SVG or PDF."""
    from matplotlib.figure import Figure  # only those who want a plot need it
    from matplotlib.ticker import NullFormatter

    names = list(dict.fromkeys(one.name for one in measured))
    figure = Figure(figsize=(12, 6.4), layout="constrained")
    panels = figure.subplots(2, 3, sharex=True).flat
    for kind, axes in zip((*KINDS, "index"), panels, strict=True):
        for name in names:
            rows = [one for one in measured if one.name == name]
            rows = [one for one in rows if kind == "index" or kind in one.times]
            values = [
                one.indexing if kind == "index" else one.median(kind) * _MILLI for one in rows
            ]
            if rows:
                axes.loglog(
                    [one.paragraphs for one in rows],
                    values,
                    marker="o",
                    linewidth=2.5 if name == OURS else 1.2,
                    color=f"C{names.index(name)}",
                    label=name,
                )
        axes.set_title(TITLES.get(kind, "indexing"))
        axes.set_ylabel("seconds" if kind == "index" else "milliseconds, median")
        axes.set_xlabel("paragraphs")
        axes.grid(visible=True, alpha=0.3)
        axes.yaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.yaxis.set_minor_formatter(NullFormatter())
        axes.legend(fontsize="small")
    figure.savefig(file, dpi=120)
