"""Recognise the lines of a page that are not text: buttons, captions, bylines, footers."""

import re
from collections.abc import Mapping

from .dates import days
from .lines import Block, is_sentence

_TOOL = (  # the words of a button or link
    r"(?:print|close|save|e-?mail|shares?|tweet|comments?|facebook|twitter|we ?chat|weibo|linkedin"
    r"|whatsapp|top|(?:back|go|return) to (?:top|contents)|return|views?|likes?|(?:font|text) size"
    r"|listen|download|subscribe|follow us|sign (?:up|in)|(?:post|leave|add) a (?:comment|reply)"
    r"|rate this|scan|qr code|(?:min|minutes) read|打印|关闭|微信|分享到?|扫一扫\w*)\b"
)
_BESIDE_TOOL = (
    r"(?:to|on|with|us|this|article|story|page|friends?|s|an?|\d+|min|minutes|large|medium|small"
    r"|the|our|app|now|via|window|loading|votes?)\b"
)
_AGENCY = (
    r"(?:xinhua(?: news agency)?|china ?daily(?:\.com\.cn)?|people['’]s daily(?: online)?|cgtn|scio"
    r"|china news service|ic photo|china\.org\.cn|(?:english|www)\.news\.cn|afp|ap|reuters|cfp|vcg"
    r"|getty(?: images)?|agencies)\b"
)
_IMAGE = r"(?:file )?(?:photo|image|illustration|(?:info)?graphic|screenshot)s?"
_DAY = r"(?: \w+){0,2} ?\d[\W\d]*(?:page[\W\d]*)?"  # " | Jan 11, 2017", " 01/11/2017 page1"
_CREDIT = r"(?:.{0,300}[\[(.\s]\s*)?"  # a caption up to "Photo" or so
_BY = rf"{_IMAGE} (?:by|courtesy|from|via|provided)\b"
_MORE = r"(?:more|most|hot|(?:today['’]s )?top|latest)"
OTHER_ARTICLES = re.compile(  # headings of lists of articles, but never of a paper's sections
    r"\W*(?:recommended(?: for you)?|editors?['’]s? picks?|you (?:may|might)(?: also)? like"
    rf"|{_MORE} (?:stor(?:y|ies)|articles?|news|read|viewed|popular))\W*",
    re.IGNORECASE,
)
_LABELS = (  # lines that are never text, without the punctuation around them
    rf"(?:\d[\d,]* )?{_TOOL}(?:[\W_]*(?:{_TOOL}|{_BESIDE_TOOL}))*",  # Share on Facebook, 12 likes
    rf"(?:by |(?:from|sources?)\W+)?{_AGENCY}(?:\W+{_AGENCY})*(?:{_DAY})?",  # By Xinhua, CGTN
    # China Daily | Updated: 2017-01-11
    rf"(?:{_AGENCY}\W*)?(?:updated?|published?|time)\s*[:：].{{0,60}}\d{{4}}.{{0,60}}",
    # Source: example.org, Tags: trade
    r"sources? ?[:：] ?\S*(?:editors? ?[:：] ?\S*)?",
    r"(?:(?:source )?url[\w ]*|printed from|tags?|key ?words|category|来源|编辑) ?[:：].*",
    # Page 1 of 3, -1-, Continued from page 1
    r"page \d{1,3}(?: of \d{1,3})?|[-–—] ?\d{1,3} ?[-–—]|continued(?: from\b.{0,90})?",
    # Advertisement - Story continues below
    r"(?:ad(?:vertisement)?\W+)?(?:(?:article|story) continues|continue reading) \w+(?: this \w+)?",
    r"(?:the )?ends?|more|ads?|advertisements?|sponsored(?: content)?|(?:read )?(?:the )?full text",
    r"click (?:(?:here|(?:the )?(?:image|photo|picture)) )?(?:to|for)\b.{0,60}",  # Click to enlarge
    r"(?:\w+ )?(?:edited|translated|proofread) by\b.{0,60}",  # Edited by Li Hua
    r"(?:(?:read|see) (?:also|more)|also read)(?: ?:.*)?",
    rf"(?:related|{_MORE}) (?:stor(?:y|ies)|articles?|news|documents?|links?|readings?|topics)",
    rf"{OTHER_ARTICLES.pattern}|related|latest|article index|jump to\b.*|toggle|hide",
    r"you are here\s*:.{0,80}|go to forum\b.{0,20}",
    # [Photo/Xinhua], Photo by Li Hua; (AFP photo), (AP/Li Hua), [Provided to China Daily]
    rf"{_CREDIT}(?:{_AGENCY} )?(?:(?:{_IMAGE}(?: credit)?|credit)\s*[:：/]|{_BY}).{{0,60}}",
    rf"(?:.{{0,300}}[\[(.] *)?(?:(?:{_AGENCY} )?photos?|{_AGENCY}/.{{2,60}}|provided to {_AGENCY})",
    # A ship sails [Xinhua], A ship sails. © AFP, A ship sails. Xinhua, Li Hua/For China Daily
    rf"[^.!?]{{0,300}}(?:\[{_AGENCY}(?: file)?(?: photos?)?\]|[.!?]? ?© ?{_AGENCY})",
    rf"[^.!?]{{20,200}}\. {_AGENCY}",
    rf"[^.!?]{{0,300}}(?:[.!?][^.!?]{{0,40}})?/ ?(?:for )?{_AGENCY}(?: photo)?",
)
_LABEL = re.compile(rf"[\W_]*(?:{'|'.join(_LABELS)})[\W_]*", re.IGNORECASE)
_ORDINARY = re.compile(r"(?i)(?:comment|download|e-?mail|end|like|listen|photo|print|save|share)s?")
_LONGEST_LABEL = 400  # characters: a caption is the longest
_FOOTER = re.compile(
    r"(?i)(.{0,200}\b)?(?:copyright\s*(?:©|\(c\)|[12]\d{3})|all rights reserved)|©|京ICP[备證证]"
    r"|京公网安备|enditem$|[(\[【]?\s*(\w+ )?editors?\s*[:：]|[(\[]edited by\b"  # Editor: Li Hua
    r"|(?:【\w{2,6}】\s*)?[\[(（【]?责任?编辑"
    r"|(?:did you find|is|was) this (?:article|page) (?:\w+ )?(?:helpful|useful)\b"
    r"|contact the (?:writer|reporter)s?\b|follow (?!up|through)(?:us|[\w.]+(?: daily)?) on\b"
    r"|this work is in the public domain\b|[\[(]for (?:more|the latest) .{0,30}(?:news|stories)\b"
)
SIGNATURE = re.compile(  # what an agency writes after the last sentence: "(Xinhua)", "Enditem"
    r"(?i)(?:(?<=\w\w[.!?])|(?<=[.!?][\"”’]))\s*"
    rf"(?:[\[(](?:sources?: ?)?{_AGENCY}(?:{_DAY})?[\])]|{_AGENCY}|enditem|\(end\)|[■◆])$"
)
OF_SITE = re.compile(  # a line, without a quotation, in which a site speaks to its readers
    r"(?i)(?=[^\"“‘]{1,300}$)(?:.*\b(?:yours?|you|click (?:here|on)|(?:contact|e-?mail) us"
    r"|subscribe (?:here|now|to our)|newsletter|our app|leave a comment|stay tuned"
    r"|for reference only|(?:machine[- ]|unofficial )translat(?:ed|ion)|scroll to continue"
    r"|(?:case|event) of (?:any )?discrepanc\w+|(?:views|opinions) expressed)\b"
    r"|(?:download|find|read|see|view) .{0,60} here\W*$"  # Download the full text here.
    r"|\W*(?:tap (?:here|on)|sign up|log in|download the|join the conversation|photo shows"
    r"|(?:page )?last (?:reviewed|updated)|(?:did|is|was) this (?:article|page)|to cite this"
    r"|please (?:cite|credit|share)|with (?:input|reporting) from|for more information"
    r"|(?:any )?reproduction (?:in whole|or|without)|the (?:author|writer) is"
    r"|(?:correction|clarification|editors?['’]s? note|update)(?: \([^)]*\))?:"  # Update (Jan 12):
    r"|(?:transcribed|translated) by|re(?:printed|posted) from"
    r"|(?:first|originally) (?:appeared|published|posted)"  # Originally published in
    r"|(?:the|this) (?:article|page|story|text) (?:first |was )?(?:first )?"
    r"(?:appeared|published|translated|posted|updated)) )"  # This article was first published
)
_BYLINE, LONGEST_BYLINE = re.compile(r"By [A-Z]|Sources? ?[:：]|\d+ \w+ ago$"), 80
ERROR_PAGE = re.compile(  # what a site says instead of the article, with status 200
    r"(?i)\b(?:sorry|oops)\b|\b(?:page|article|content|file)\b.{0,60}\b(?:not (?:be )?found"
    r"|unavailable|not available|not exist|no longer|removed|deleted)\b|please (?:log|sign) in"
    r"|access denied|(?:come back|try again) later|under maintenance"
)
MORE = re.compile(r"(?i)\W*((load|read|show|view|see) (more|all)|continue reading|expand)\W*")
REST_ELSEWHERE = re.compile(  # the last line of an excerpt
    r"(?i)\W*(?:continue reading|read more|expand(?: all)?|load more"
    r"|(?:(?:click|tap|open the app) to )?(?:expand|load|read|see|show|view) (?:the )?"
    r"(?:rest|whole|full (?:article|story|text))\b.{0,60})\W*"
    r"|…|\.{3}|[\[(](?:…|\.{3})[\])]|\(more\)"  # [...], (more)
)


def is_footer(line: str) -> bool:
    """Return whether a line begins the footer of a page."""
    return bool(_FOOTER.match(line))


def is_label(line: str) -> bool:
    """Return whether a line is one of those that are never text, wherever on the page."""
    if len(line) >= _LONGEST_LABEL or is_sentence(line.removesuffix("...").rstrip("!…")):
        return False
    return bool(_LABEL.fullmatch(line) or MORE.fullmatch(line))


def labels_in_text(text: Mapping[int, Block]) -> set[int]:
    """Return the keys of labels that, between sentences, may be headings or items: "Share"."""
    sentences = [at for at, block in text.items() if is_sentence(block.text)] or [0]
    ordinary = (at for at, block in text.items() if _ORDINARY.fullmatch(block.text))
    return {at for at in ordinary if sentences[0] < at < sentences[-1] and not text[at].linked}


def is_byline(line: str, day: str) -> bool:
    """Return whether a line above the text is a byline, with the author or the ``day`` (ISO)."""
    is_signed = _BYLINE.match(line) is not None or day in days(line)
    return is_signed and not is_sentence(line) and len(line) <= LONGEST_BYLINE
