"""HTML of strangers, made harmless before it is shown: what is not known to be plain formatting is taken out.

News come as HTML that anybody who reaches the venue's editors, or the wire, may have written. Kept are a few tags of
text and links to http and https, each with its target's host behind it. No attribute survives but a link's target; no
picture, style, script, form or frame; no table either, because a small one can name millions of cells. The text loses
the signs that turn its direction, so that a link cannot read backwards.
"""

import re
from html import escape, unescape
from urllib.parse import urlsplit

import nh3

MOST_CHARACTERS = 100_000
"""A longer body is cut: a page of news has a few thousand."""
DEEPEST = 24
"""Deeper nesting is shown as plain text: each level costs the layout room and time."""
SCHEMES = frozenset({"http", "https"})

_INLINE = ("a", "abbr", "b", "br", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "u")
_BLOCKS = ("blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul")
_ROWS = ("tr", "td", "th", "caption", "dt", "dd")
_KEPT = frozenset(_INLINE) | frozenset(_BLOCKS) | frozenset(_ROWS)
_ACTIVE = (
    "applet",
    "canvas",
    "embed",
    "iframe",
    "frame",
    "frameset",
    "math",
    "noframes",
    "noscript",
    "object",
    "script",
)
_HIDDEN = ("base", "head", "link", "map", "meta", "style", "svg", "template", "title", "audio", "video")
_FORMS = ("button", "form", "input", "option", "select", "textarea")
_EMPTIED = frozenset(_ACTIVE) | frozenset(_HIDDEN) | frozenset(_FORMS)
"""What goes with everything in it."""
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))
_CONTROLS = dict.fromkeys(code for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r")
_UNSEEN = _DIRECTIONS | _CONTROLS
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_LINK = re.compile(r'<a(?: href="([^"]*)")?>(.*?)</a>', re.DOTALL)
_BREAKING = re.compile(r"</(?:p|div|li|tr|dt|dd|caption|h[1-6]|blockquote)>|<br>|<hr>")
_CELL = re.compile(r"</(?:td|th)>")
_ROW_END = re.compile(r"</(?:tr|caption|dt|dd)>")
"""A row of a table, or a term of a list of terms, stands on a line of its own."""
_ROW_TAG = re.compile(r"</?(?:td|th|tr|caption|dt|dd)>")


def clean_html(html: str) -> str:
    """Return `html` with nothing in it but formatted text and links whose hosts can be read."""
    kept = nh3.clean(
        _cut(html),
        tags=set(_KEPT),
        clean_content_tags=set(_EMPTIED),
        attributes={"a": {"href"}},
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel=None,
    )
    kept = kept.translate(_UNSEEN)  # once more: they may have been written as entities
    kept = _ROW_TAG.sub("", _CELL.sub(" ", _ROW_END.sub("<br>", kept)))
    if _depth(kept) > DEEPEST:
        return escape(plain_text(html)).replace("\n", "<br>")
    return _LINK.sub(_with_host, kept)


def plain_text(html: str) -> str:
    """Return the words of `html`, a line break where a paragraph or a row ends."""
    kept = nh3.clean(_cut(html), tags=set(_KEPT), clean_content_tags=set(_EMPTIED), attributes={}, link_rel=None)
    broken = _BREAKING.sub("\n", _CELL.sub(" ", kept))
    words = unescape(_TAG.sub("", broken)).translate(_UNSEEN)
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str, most: int = 500) -> str:
    """Return a title as one plain line: no line breaks, no signs that control, and not endless."""
    return " ".join(text[:most].translate(_UNSEEN).split())


def is_openable(target: str) -> bool:
    """Say whether a link leads to a web page by a name or address, and nowhere else.

    A name of a user before the host is refused: it only serves to look like another host.
    """
    try:
        parts = urlsplit(target)
        return parts.scheme.lower() in SCHEMES and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def host_of(target: str) -> str:
    """Return the host of a link in the letters the network uses; empty where it has none."""
    try:
        host = urlsplit(target).hostname or ""
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""


def _cut(html: str) -> str:
    text = html[:MOST_CHARACTERS].translate(_UNSEEN)
    return text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates have no place in a text


def _with_host(link: re.Match[str]) -> str:
    """Return a link with its host behind it; one that cannot be opened loses its link."""
    target, words = unescape(link[1] or ""), link[2]
    host = host_of(target)
    if not (host and is_openable(target)):
        return words
    return f'<a href="{escape(target)}">{words}</a> <small>[{escape(host)}]</small>'


def _depth(kept: str) -> int:
    depth = deepest = 0
    for tag in _TAG.finditer(kept):
        if tag[2] in ("br", "hr"):
            continue
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
    return deepest
