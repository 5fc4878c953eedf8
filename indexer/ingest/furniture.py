"""Recognise the lines of a page that are not text: tools, captions, bylines, footers."""

import re
from collections.abc import Sequence
from itertools import groupby

from .dates import MONTH, days
from .lines import HEADING_NUMBER, Block, is_sentence

_TOOL = (  # the words of a button or link
    r"(?:print|close|save|e-?mail|shares?|tweet|comments?|facebook|twitter|we ?chat|top"
    r"|(?:(?:back|go|return) to|↑) (?:top|contents)|return|views?|likes?|linkedin|whatsapp|weibo|qq"
    r"|qzone|pinterest|telegram|instagram|youtube|tiktok|rss|copy link|link copied|scan|qr code"
    r"|(?:font|text) size|listen|bookmark|favou?rites?|download|enlarge|subscribe|follow us"
    r"|log ?in|register|sign (?:up|in)|(?:min|minutes) read|reading time"
    r"|toggle|(?:post|leave|add) a (?:comment|reply)"
    r"|français|español|中文版?|打印|关闭|微信|分享到?)\b"
)
_BESIDE_TOOL = (
    r"(?:to|on|with|us|this|article|story|page|friends?|s|an?|\d+|min|minutes|adjust|large|medium|small"
    r"|english|the|our|app|now|more|via|mobile|loading)\b"
)
_AGENCY = (
    r"(?:xinhua(?: news agency)?|china ?daily(?:\.com\.cn)?|people['’]s daily(?: online)?|cgtn|scio"
    r"|china news service|ic photo"
    r"|china\.org\.cn|(?:english|www)\.news\.cn|afp|ap|reuters|getty(?: images)?|cfp|vcg)\b"
)
_PHOTOS = rf"(?:{_AGENCY}|agencies)"
_IMAGE = r"(?:photo|image|illustration|(?:info)?graphic|screenshot)s?"
_DAY = r"(?: \w+){0,2} ?\d[\W\d]*(?:page[\W\d]*)?"  # " | Jan 11, 2017", " 01/11/2017 page1"
_WORDS = r"(?:.{0,300}[\[(.\s]\s*)?"
_CREDIT = r"(?:.{0,300}[\[(.]\s*)?"  # a caption up to its credit: "A ship sails. ["
_MORE = r"(?:more|most|hot|(?:today['’]s )?top|latest)"
OTHERS = re.compile(  # above lists of other articles; no section of a paper is called this
    r"\W*(?:recommended(?: for you)?|editors?['’]s? picks?|you (?:may|might)(?: also)? like"
    rf"|{_MORE} (?:stor(?:y|ies)|articles?|news|read|viewed|popular))\W*",
    re.IGNORECASE,
)
_LABELS = (  # lines that are never text, less the punctuation around them, with examples
    rf"(?:\d[\d,]* )?{_TOOL}(?:[\W_]*(?:{_TOOL}|{_BESIDE_TOOL}))*",  # Share on Facebook, 12 likes
    rf"(?:by |(?:from|sources?)\W+)?{_AGENCY}(?:\W+{_AGENCY})*(?:{_DAY})?",  # By Xinhua, CGTN
    r"[\w.+-]+@[\w.-]+",  # li@example.org
    r"\d{1,2}:\d\d(?: ?/ ?\d{1,2}:\d\d)?",  # 00:00 / 05:12 of a player
    # China Daily | Updated: 2017-01-11
    rf"(?:{_AGENCY}\W*)?(?:updated?|published?|time)\s*[:：].{{0,60}}\d{{4}}.{{0,60}}",
    # Updated Tuesday, July 4, 2017
    rf"updated(?: on)?(?: [a-z]+day)?,? {MONTH}\.? \d{{1,2}}, \d{{4}}",
    r"sources? ?[:：] ?\S*(?:editors? ?[:：] ?\S*)?",  # Source: example.org
    r"(?:video )?play(?:er)?(?:close)?|a\+ ?a-",
    r"(?:(?:source )?url[\w ]*|tags?|key ?words|category|来源|编辑) ?[:：].*",  # Tags: trade
    r"(?:.{0,20}\W)?(?:article|story) continues\b.{0,40}|continue reading the main story",
    r"continued(?: from\b.{0,90})?|report (?:this )?ad",  # Continued from page 1
    r"(?:the )?ends?|more",
    r"skip to (?:main )?content",
    r"click (?:(?:here|(?:the )?(?:image|photo|picture)) )?(?:to|for)\b.{0,60}",  # Click to enlarge
    r"(?:\w+ )?(?:edited|translated|proofread) by\b.{0,60}",  # Edited by Li Hua
    # Listen to this article 24:12, Open in the China Daily app
    r"(?:play)?listen (?:to this article|on (?:apple|spotify)\b).{0,40}"
    r"|rate this(?: article| page| story)?|(?:open|read|view)\b.{0,20} (?:our|the)\b.{0,20} app"
    r"|go to forum\W*(?:\d+ comments?)?",
    r"(?:read )?(?:the )?full text|share ?- ?\w+|.{0,30}\bpdf\b.{0,20}",  # Share - WeChat
    r"(?:view|show|read|see)\b.{0,30}\b(?:one|single) page",  # View as one page
    r"ads?|advertisements?|promoted|sponsored(?: content)?",
    r"(?:(?:read|see) (?:also|more)|also read) ?:.*",
    rf"{OTHERS.pattern}|latest|read also|also read|related|you are here\s*:.{{0,80}}",
    r"related (?:stor(?:y|ies)|articles?|news)"
    rf"|(?:related|{_MORE}) (?:documents?|coverage|links?|readings?|topics)",
    rf"{_CREDIT}file photo.{{0,300}}",  # A ship sails. [File photo]
    # Photo: VCG
    rf"{_WORDS}(?:{_PHOTOS} )?(?:{_IMAGE}|(?:{_IMAGE} )?credit)\s*[:：/].{{0,60}}",
    # [Photo by Li Hua]
    rf"{_WORDS}(?:{_PHOTOS} )?{_IMAGE} (?:by|courtesy|from|via|provided)\b.{{0,60}}",
    rf"{_CREDIT}provided to {_PHOTOS}|[^.!?]{{20,200}}\. {_PHOTOS}",  # A ship sails. Xinhua
    rf"{_CREDIT}(?:{_PHOTOS} )?photos?",  # (Xinhua photo)
    rf"[^.!?]{{0,300}}\[{_PHOTOS}(?: file)?(?: photos?)?\]",  # A ship sails [Xinhua]
    rf"[^.!?]{{0,300}}[.!?]? ?© ?{_PHOTOS}",  # A ship sails. © Xinhua
    rf"{_CREDIT}{_PHOTOS}/.{{2,60}}",  # (AP/Li Hua)
    # A ship sails. LI HUA/FOR CHINA DAILY
    rf"[^.!?]{{0,300}}(?:[.!?][^.!?]{{0,40}})?/ ?(?:for )?{_PHOTOS}(?: photo)?",
)
_LABEL = re.compile(rf"[\W_]*(?:{'|'.join(_LABELS)})[\W_]*", re.IGNORECASE)
_ORDINARY = re.compile(r"(?i)(?:comment|download|e-?mail|end|like|listen|photo|print|save|share)s?")
_LONGEST_LABEL = 400  # characters: a caption is the longest
_FOOTER = re.compile(
    r"(?i)(.{0,200}\b)?(?:copyright\s*(?:©|\(c\)|[12]\d{3})|all rights reserved)|©|京ICP[备證证]"
    r"|京公网安备|enditem$|[(\[【]?\s*(\w+ )?editors?\s*[:：]|[(\[]edited by\b|[\[(（【]?责任?编辑"
    r"|contact the (?:writer|reporter)s?\b|follow (?!up|through)(?:us|[\w.]+(?: daily)?) on\b"
    r"|[(]?if you (?:have|want to) .{0,90}\bcontact us\b|this work is in the public domain\b"
    r"|[\[(]for (?:more|the latest) .{0,30}(?:news|stories)\b"
)
_FOOT_LABEL = re.compile(  # the same, unless it is a sentence: "Tel: 010 1234", "(c) 2019 SCIO"
    r"(?i)\(c\) ?\d{4}|版权所有|last (?:modified|updated)\b|(?:address|fax|tel(?:ephone)?) ?[:：]"
    r"|printed from:?\W*https?:\S+$"
)
SIGNATURE = re.compile(  # what an agency writes after the last sentence: "(Xinhua)", "Enditem"
    r"(?i)(?:(?<=\w\w[.!?])|(?<=[.!?][\"”’]))\s*"
    rf"(?:[\[(](?:sources?: ?)?{_PHOTOS}[\])]|{_PHOTOS}|enditem|\(end\)|[■◆])$"
)
CLOSING = re.compile(  # how a last line begins in which a site speaks to its readers
    r"(?i)(?:(?:click|tap) (?:here|on)|subscribe (?:here|now|to our)|share your|photo shows"
    r"|do you have (?:an?|any) (?:comment|question|tip)|last updated|translated by|correction:"
    r"|please (?:cite|credit)|for more information|the (?:author|writer) is|the views expressed"
    r"|(?:the|this) (?:article|page|story|text) (?:first |was )?(?:first )?"
    r"(?:appeared|published|translated|posted|updated)) .{0,150}"
)
_BYLINE, LONGEST_BYLINE = re.compile("By [A-Z]|Sources? ?[:：]"), 80
NO_ARTICLE = re.compile(  # what a site answers instead of an article, with status 200
    r"(?i)\b(?:sorry|oops)\b|\b(?:page|article|content|file)\b.{0,60}\b(?:not (?:be )?found"
    r"|unavailable|not available|not exist|no longer|removed|deleted)\b|please (?:log|sign) in"
    r"|access denied|(?:come back|try again) later|under maintenance"
)
MORE = re.compile(r"(?i)\W*((load|read|show|view|see) (more|all)|continue reading|expand)\W*")
REST_ELSEWHERE = re.compile(  # the last line of an excerpt
    r"(?i)\W*(?:continue reading|read more|expand(?: all)?|load more"
    r"|(?:(?:click|tap|open the app) to )?(?:expand|load|read|see|show|view) (?:the )?"
    r"(?:rest|whole|full (?:article|story|text))\b.{0,60})\W*"
    r"|…|\.{3}|[\[(](?:…|\.{3})[\])]|\(more\)"
)


def is_footer(line: str) -> bool:
    """Return whether a line begins the footer of a page."""
    return bool(_FOOTER.match(line) or (_FOOT_LABEL.match(line) and not is_sentence(line)))


def is_label(line: str) -> bool:
    """Return whether a line is never text, wherever it stands."""
    if len(line) >= _LONGEST_LABEL or is_sentence(line.removesuffix("...").rstrip("!…")):
        return False
    return bool(_LABEL.fullmatch(line) or MORE.fullmatch(line))


def labels_in_text(blocks: Sequence[Block]) -> set[int]:
    """Return the positions of labels that may be headings above a sentence, or items of a list."""
    found = set[int]()
    runs = groupby(range(len(blocks)), lambda at: is_sentence(blocks[at].text))
    for first, *others in (run for is_whole, run in runs if not is_whole):
        run = [first, *others]
        last = run[-1]
        if first == 0 or last == len(blocks) - 1:  # beside the frame
            continue
        lines = [at for at in run if blocks[at].text and not blocks[at].linked]
        words = {at for at in lines if _ORDINARY.fullmatch(blocks[at].text)}
        items = [blocks[at] for at in lines if not is_label(blocks[at].text)]
        is_list = any(not (each.level or HEADING_NUMBER.match(each.text)) for each in items)
        found |= words if is_list else {at for at in words & {last} if blocks[at].level}
    return found


def is_byline(line: str, day: str) -> bool:
    """Return whether a line above the text is its byline: the author, or the ``day`` (ISO)."""
    is_told = _BYLINE.match(line) is not None or day in days(line)
    return is_told and not is_sentence(line) and len(line) <= LONGEST_BYLINE
