"""Command-line options that environment variables can also set."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

_ROOT = Path(__file__).resolve().parent.parent

Command = TypeVar("Command", bound=Callable[..., object])


def setting(*names: str, envvar: str, **attributes: Any) -> Callable[[Command], Command]:
    """Return a decorator that adds an option; ``--help`` shows its variable and default."""
    attributes = {"show_default": True, **attributes}
    return click.option(*names, envvar=envvar, show_envvar=True, **attributes)


def folders(command: Command) -> Command:
    """Add the options ``--corpus`` (as ``root``) and ``--index`` to a command."""
    add = partial(setting, metavar="DIR", type=click.Path(path_type=Path))
    for names, variable, name, text in (
        (("--index",), "INDEX_DIR", ".index", "Index folder, made from the corpus."),
        (("--corpus", "root"), "CORPUS_DIR", "corpus", "Corpus folder."),
    ):
        option = add(*names, envvar=variable, default=_ROOT / name, show_default=name, help=text)
        command = option(command)
    return command
