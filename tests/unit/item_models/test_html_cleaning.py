"""Whatever a stranger writes, nothing but formatted text and readable links is left."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workstation.item_models.html_cleaning import (
    DEEPEST,
    MOST_CHARACTERS,
    clean_html,
    host_of,
    is_openable,
    one_line,
    plain_text,
)

ALLOWED = {"a", "abbr", "b", "br", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "u"}
ALLOWED |= {"blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}


UNSEEN = "[\u202a-\u202e\u2066-\u2069\x00]"


class Reader(HTMLParser):
    """Lists what a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.other: list[str] = []
        self.depth = self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)
        if tag not in ("br", "hr"):
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def assert_harmless(html: str) -> None:
    reader = read(html)
    assert set(reader.tags) <= ALLOWED
    assert all(name == "href" and is_openable(value or "") for name, value in reader.attributes)
    assert reader.other == []
    assert reader.deepest <= DEEPEST
    assert not re.search(UNSEEN, html)


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=http://evil/x.png onerror=alert(1)>",
    "<svg onload=alert(1)><a href='https://x.example'>x</a></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='//evil.example/x'>x</a>",
    "<a href='https://bank.example@evil.example/'>bank.example</a>",
    "<a href='https://'>x</a>",
    "<a href='https://[::1'>x</a>",
    "<iframe src=https://evil.example></iframe>",
    "<form action=https://evil.example><input name=password></form>",
    "<style>@import url(http://evil.example/x.css);</style>",
    "<p style='background:url(http://evil.example/x)'>x</p>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<base href=http://evil.example/>",
    "<object data=http://evil.example/x></object><embed src=http://evil.example/x>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<table><tr><td colspan=99999999 rowspan=99999999>x</td></tr></table>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]><?php evil() ?><!DOCTYPE html>",
    "<b>" * 40_000,
    "<ul><li>" * 20_000,
    "<a href='https://evil.example/\u202egnp.exe'>\u202eknab</a>",
    "<" * 10_000,
    "&" * 10_000,
    "&#0;&#x202e;&#xD800;&lt;script&gt;",
    "\ud800\udfff",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_samples_are_harmless(html: str) -> None:
    assert_harmless(clean_html(html))
    assert not re.search(UNSEEN, plain_text(html))


def test_a_script_leaves_not_even_its_words() -> None:
    assert clean_html("a<script>alert(1)</script><style>p {}</style>b") == "ab"


PIECES = st.sampled_from(
    [*HOSTILE[:24], "<p>", "</p>", "<a href=https://a.example>", "</a>", "<td>", "<", ">", '"', "'"]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
@example('<a href="https://a.example"><a href="https://b.example"><script>')
def test_any_mixture_is_harmless(html: str) -> None:
    assert_harmless(clean_html(html))
    assert "<" not in one_line(plain_text(html)) or "<" in html or "&" in html


@given(st.text(max_size=200))
def test_cleaning_again_adds_nothing_that_acts(text: str) -> None:
    assert_harmless(clean_html(clean_html(text)))


def test_formatting_is_kept() -> None:
    html = "<h2>ECB</h2><p>The <b>bank</b> left <i>rates</i>.</p><ul><li>one</li></ul>"
    assert clean_html(html) == html


def test_a_link_shows_where_it_leads() -> None:
    html = '<a href="https://www.ecb.europa.eu/a?b=1&amp;c=2" target=_blank onclick=x>bank.example</a>'
    assert clean_html(html) == (
        '<a href="https://www.ecb.europa.eu/a?b=1&amp;c=2">bank.example</a> <small>[www.ecb.europa.eu]</small>'
    )


def test_a_link_that_cannot_be_opened_leaves_its_words() -> None:
    assert clean_html("<a href='https://bank.example@evil.example/'>bank</a> <a>x</a>") == "bank x"


def test_a_table_becomes_lines() -> None:
    html = "<table><tr><td>GDP</td><td>1.2</td></tr><tr><th>CPI</th><td>2.1</td></tr></table>"
    assert clean_html(html) == "GDP 1.2 <br>CPI 2.1 <br>"
    assert plain_text(html) == "GDP 1.2\nCPI 2.1"


def test_deep_nesting_becomes_plain_text() -> None:
    assert clean_html("<div>" * 100 + "words" + "</div>" * 100) == "words"


def test_an_endless_body_is_cut() -> None:
    assert len(clean_html("x" * 10 * MOST_CHARACTERS)) == MOST_CHARACTERS


def test_words_of_a_body() -> None:
    assert plain_text("<p>a &lt; b &amp;&amp; c</p><script>no</script><p>d<br>e</p>") == "a < b && c\nd\ne"


def test_a_title_is_one_line() -> None:
    assert one_line("  a\nb\t\u202ec\x07  d ") == "a b c d"
    assert len(one_line("x" * 10_000)) == 500


def test_hosts_are_written_as_the_network_writes_them() -> None:
    assert host_of("https://пример.рф/x") == "xn--e1afmkfd.xn--p1ai"
    assert host_of("https://EXAMPLE.org:443/") == "example.org"
    assert host_of("mailto:a@b.c") == ""
    assert host_of("https://[::1") == ""


@pytest.mark.parametrize(
    ("target", "opens"),
    [
        ("https://a.example", True),
        ("HTTP://a.example/x", True),
        ("ftp://a.example", False),
        ("https:///x", False),
        ("javascript:alert(1)", False),
        ("", False),
        ("https://[::1", False),
        ("https://user@a.example", False),
    ],
)
def test_only_web_pages_open(target: str, opens: bool) -> None:
    assert is_openable(target) is opens
