"""The paper in the tests: page 1 word for word, pages 2 and 3 as stand-ins.

The stand-in text is under the paper's real headings.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
PAPER_ID = "asia-pacific-security-cooperation-2017"
SAVED_PAGE_1 = ROOT / "corpus" / PAPER_ID / "snapshots" / "1" / "page-1.txt"

TITLE = "China's Policies on Asia-Pacific Security Cooperation"

_LINES = [line for line in SAVED_PAGE_1.read_text(encoding="utf-8").splitlines() if line]
PAGE_1 = _LINES[_LINES.index("Share - WeChat") + 1 : _LINES.index("1 2 3 >")]

PAGE_2_PARTS = {
    "III. China's Relations with Other Major Asia-Pacific Countries": [
        "1. China-US Relations",
        "2. China-Russia Relations",
        "3. China-India Relations",
        "4. China-Japan Relations",
    ],
    "IV. China's Positions and Views on Regional Hotspot Issues": [
        "1. Nuclear Issue on the Korean Peninsula",
        "2. Anti-Ballistic Missile Issue",
        "3. Afghanistan Issue",
        "4. Counter-Terrorism Cooperation",
        "5. Maritime Cooperation",
    ],
}
PAGE_3_PARTS = {
    "V. China's Participation in Major Multilateral Mechanisms in the Asia-Pacific Region": [
        "1. China-ASEAN Cooperation",
        "2. ASEAN Plus Three (10+3) Cooperation",
        "3. China-Japan-ROK Cooperation",
        "4. East Asia Summit (EAS)",
        "5. ASEAN Regional Forum",
    ],
    "VI. China's Participation in Regional Non-Traditional Security Cooperation": [
        "1. Disaster Relief Cooperation",
        "2. Counter-Terrorism Cooperation",
        "3. Cooperation in Combating Transnational Crimes",
        "4. Cyber Security",
    ],
    "Conclusion": [],
}


def _stand_in(parts: dict[str, list[str]]) -> list[str]:
    """Return two short paragraphs under each heading, none like another."""
    lines = []
    for section, headings in parts.items():
        for heading in [section, *headings]:
            words = heading.split(". ")[-1]
            place = section.split(".")[0]
            lines += [
                heading,
                f"Stand-in text on {words} begins section {place} here. It has two sentences.",
                f'A second paragraph, "{words}", tells that this is a stand-in, in {place}.',
            ]
    return lines


PAGE_2 = _stand_in(PAGE_2_PARTS)
PAGE_3 = _stand_in(PAGE_3_PARTS)
PAGES = [PAGE_1, PAGE_2, PAGE_3]

_PARTS = {**PAGE_2_PARTS, **PAGE_3_PARTS}
HEADINGS = {
    *PAGE_1[PAGE_1.index("Contents") :][:9],
    "1. Concept of Common, Comprehensive, Cooperative and Sustainable Security",
    "2. Improving the Regional Security Framework",
    *_PARTS,
    *(heading for headings in _PARTS.values() for heading in headings),
}
