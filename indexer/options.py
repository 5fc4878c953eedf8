"""The options that both command lines share: the corpus folder and the index folder."""

from __future__ import annotations

from pathlib import Path

import click

_ROOT = Path(__file__).resolve().parent.parent

corpus_folder = click.option(
    "--corpus",
    "root",
    metavar="DIR",
    type=click.Path(path_type=Path),
    envvar="CORPUS_DIR",
    default=_ROOT / "corpus",
    show_default="corpus",
    show_envvar=True,
    help="Corpus folder.",
)
index_folder = click.option(
    "--index",
    metavar="DIR",
    type=click.Path(path_type=Path),
    envvar="INDEX_DIR",
    default=_ROOT / ".index",
    show_default=".index",
    show_envvar=True,
    help="Index folder; a missing or stale index is built first.",
)
