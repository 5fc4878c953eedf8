"""Options of both command lines that an environment variable can set, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_ROOT = Path(__file__).resolve().parent.parent
_FOLDER = click.Path(path_type=Path)

Command = TypeVar("Command", bound=Callable[..., object])


def setting(*names: str, envvar: str, **attributes: Any) -> Callable[[Command], Command]:
    """Return a decorator that adds an option; ``--help`` shows its variable and default."""
    attributes = {"show_default": True, **attributes}
    return click.option(*names, envvar=envvar, show_envvar=True, **attributes)


def folders(command: Command) -> Command:
    """Add the options ``--corpus`` (as ``root``) and ``--index`` to a command."""
    add_index = setting(
        "--index",
        envvar="INDEX_DIR",
        metavar="DIR",
        type=_FOLDER,
        default=_ROOT / ".index",
        show_default=".index",
        help="Index folder, made from the corpus.",
    )
    add_corpus = setting(
        "--corpus",
        "root",
        envvar="CORPUS_DIR",
        metavar="DIR",
        type=_FOLDER,
        default=_ROOT / "corpus",
        show_default="corpus",
        help="Corpus folder.",
    )
    return add_corpus(add_index(command))
