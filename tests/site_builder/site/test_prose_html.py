"""A hand-written page holds the HTML that prose needs, and nothing that could send its readers away."""

from pathlib import Path

import pytest

from site_builder.shared.problems import Problem
from site_builder.site import prose_html

FRAME = '<main id="main"><script src="../assets/a.js"></script><article>\n{}\n</article></main>'


def found(tmp_path: Path, html: str, source: str = "") -> list[Problem]:
    """What is refused of a page whose own part is this HTML; the theme around it holds what it likes."""
    page, written = tmp_path / "page.html", tmp_path / "page.md"
    page.write_text(FRAME.format(html), encoding="utf-8")
    written.write_text(source or html, encoding="utf-8")
    return list(prose_html.problems(page, written, "content/pages/page.md"))


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">一</h2><p>二<br>三<br/><strong>四</strong>、<em>五</em><sup>六</sup></p><hr>',
        '<ol start="3"><li>一</li></ol><dl><dt>二</dt><dd>三</dd></dl><blockquote>四</blockquote>',
        '<table><thead><tr><th style="text-align: right;">一</th></tr></thead></table>',
        '<table><tbody><tr><td colspan="2">1 < 2</td></tr></tbody></table>',
        '<a href="../find/index.html#x">一</a><a href="https://www.example.org/a?b=1&amp;c=2">二</a>',
        '<a href="tel:12348">三</a>',
        '<a href="mailto:x@example.org">一</a><img alt="图" src="../assets/a.png" width="300">',
        '<div class="admonition warning"><p class="admonition-title">一</p></div>',
        '<pre><code class="language-c-sharp">一</code></pre>',
        "<details open><summary>一</summary>二</details><!-- 下次改 -->",
        "<p>5 < 6，A&amp;B，&lt;meta http-equiv=refresh&gt;</p><code>&lt;form&gt;</code>",
    ],
)
def test_what_prose_needs_passes(tmp_path: Path, html: str) -> None:
    """Whatever Markdown makes, tags for type, notes, links and pictures of the site's own."""
    assert found(tmp_path, html) == []


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<meta http-equiv="refresh" content="0;url=https://fake.example/12348">', "<meta>"),
        ("<META HTTP-EQUIV=refresh CONTENT=0>", "<meta>"),
        ("<p>一<meta/http-equiv=refresh/content=0></p>", "<meta>"),
        ("</article><meta http-equiv=refresh content=0>", "</article>"),
        ("<!--><meta http-equiv=refresh content=0>-->", "<meta>"),
        ("<!--x--!><meta http-equiv=refresh content=0>-->", "<meta>"),
        ("<!--x <b> y-->", "<!x <b> y>"),
        # What other parsers take for a value, a note or the end of a tag, and browsers do not.
        ('<div title=="><meta http-equiv=refresh content=0>">', "<meta>"),
        ("<p>一</p x='><p title=\"'><meta http-equiv=refresh content=0>\">二</p>", "<meta>"),
        ('<!-- 注 -- ><p title="--><meta http-equiv=refresh content=0>">二</p>', "<!"),
        ('<p title=a/"x><meta http-equiv=refresh content=0>">', "<meta>"),
        ("<p/onclick=x()>", "onclick=x()"),
        ('<base href="https://fake.example/">', "<base>"),
        ('<form action="https://fake.example/"><input name="id"></form>', "<form>"),
        ('<p><button formaction="https://fake.example/">一</button></p>', "<button>"),
        ("<script>1</script>", "<script>"),
        ("<style>body{display:none}</style>", "<style>"),
        ('<iframe src="https://fake.example/"></iframe>', "<iframe>"),
        ('<object data="x"></object>', "<object>"),
        ('<embed src="x">', "<embed>"),
        ('<link rel="stylesheet" href="x">', "<link>"),
        ("<svg><a xlink:href=x></a></svg>", "<svg>"),
        ("<math></math>", "<math>"),
        ("<template></template>", "<template>"),
        ("<textarea>", "<textarea>"),
        ("<plaintext>", "<plaintext>"),
        ("<noscript><p></noscript>", "<noscript>"),
        ("<my-own></my-own>", "<my-own>"),
        ("</main>", "</main>"),
        ("</body></html>", "</body>"),
        ('<p onclick="x()">一</p>', "onclick=x()"),
        ('<p style="position:fixed">一</p>', "style=position:fixed"),
        ('<p style="text-align: right;position:fixed">一</p>', "style=text-align: right;position:fixed"),
        ('<a href="javascript:alert(1)">一</a>', "href=javascript:alert(1)"),
        ('<a href=" jAvAsCrIpT:alert(1)">一</a>', "href= jAvAsCrIpT:alert(1)"),
        ('<a href="java&#x0A;script:alert(1)">一</a>', "href=java"),
        ('<a href="data:text/html,x">一</a>', "href=data:text/html,x"),
        ('<a href="https:\\\\fake.example">一</a>', "href=https:"),
        ('<a href="http://[x">一</a>', "href=http://[x"),
        ('<a href="x" target="_top" ping="https://fake.example">一</a>', "target=_top"),
        ('<img src="https://fake.example/x.png">', "src=https://fake.example/x.png"),
        ('<img src="//fake.example/x.png">', "src=//fake.example/x.png"),
        ('<img src="///fake.example/x.png">', "src=///fake.example/x.png"),
        ('<img src="/&#9;/fake.example/x.png">', "src=/"),
        ('<img srcset="https://fake.example/x.png">', "srcset=https://fake.example/x.png"),
        ("<h2 id='k\"><meta http-equiv=refresh content=0>'>一</h2>", 'id=k"><meta'),
        ('<h2 id="a b">一</h2>', "id=a b"),
        ('<h2 id="">一</h2>', "id="),
        ('<p class="unlisted &quot;y">一</p>', "class=unlisted"),
        ('<p title="&lt;meta&gt;">一</p>', "title=<meta>"),
        ('<img alt="&lt;meta " src="a.png">', "alt=<meta"),
        ('<p lang="x&quot;">一</p>', 'lang=x"'),
        ('<details open="x">一</details>', "open=x"),
        ('<ol start="1&quot;">一</ol>', 'start=1"'),
        ('<table><tr><td colspan="99999" rowspan="-1"></td></tr></table>', "colspan=99999"),
        ('<th scope="x">一</th>', "scope=x"),
        ('<img src="a.png" width="1em">', "width=1em"),
        ('<a href="a&quot;&gt;&lt;b">一</a>', 'href=a"><b'),
        ("<!DOCTYPE html>", "<!DOCTYPE html>"),
        ("<![CDATA[x]]>", "<!["),
        ("<![ x", "<!["),
        ("<?php x ?>", "<?php x ?>"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, html: str, shown: str) -> None:
    """By an allow-list: what nobody has thought of is refused too, and each is named at its line."""
    problems = found(tmp_path, html, f"---\ntitle: x\n---\n{html}\n")
    assert [problem.code for problem in problems][:1] == ["page-html"]
    assert problems[0].details["found"].startswith(shown)
    assert (problems[0].file, problems[0].line) == ("content/pages/page.md", 4)


@pytest.mark.parametrize(
    "html",
    [
        '<p>见 <meta http-equiv="refresh" content="0;url=https://fake.example/" x="',
        "<p>见 <meta http-equiv=refresh content=0;url=https://fake.example/ ",
        "<base href=https://fake.example/",
        '<a title="</article>',
        "<a href='x",
        "<a <b",
        "<!-- x",
        "<!--",
        "<? x",
        "<!x",
        "</p",
        "<p>一</p",
        "<details><summary>一</summary><link rel=preconnect href=https://fake.example ",
    ],
)
def test_what_is_left_open_at_the_end_is_refused(tmp_path: Path, html: str) -> None:
    """Browsers close it at the next mark of the theme, and follow it."""
    assert {problem.code for problem in found(tmp_path, html)} == {"page-html"}


AROUND = [
    '<meta http-equiv="refresh" content="0;url=https://fake.example/">',
    '<a href="#keyboard"><meta " http-equiv=refresh content="0;url=https://fake.example/">">一</a>',
    '<base href="https://fake.example/">',
    '<form action="https://fake.example/">',
    '<script src="https://fake.example/a.js"></script>',
    '<a href="javascript:alert(1)">一</a>',
    '<p onclick="x()">一</p>',
    '<p style="position:fixed">一</p>',
    '<a target="x" href="a">一</a>',
    "<!-- 一",
    "</svg>",
]


@pytest.mark.parametrize("html", AROUND)
def test_what_stands_around_the_prose_is_looked_at_too(tmp_path: Path, html: str) -> None:
    """Titles and headings are printed there again: before the prose and after it nothing stands but the theme's."""
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, text in ((before, f"{html}{FRAME.format('一')}"), (after, f"{FRAME.format('一')}{html}")):
        folder.mkdir()
        (folder / "page.html").write_text(text, encoding="utf-8")
        (folder / "page.md").write_text("一", encoding="utf-8")
        found_there = list(prose_html.problems(folder / "page.html", folder / "page.md", "content/pages/page.md"))
        assert {problem.code for problem in found_there} == {"page-html"}, folder.name


@pytest.mark.parametrize("text", ["1 <", "1 < 2", "A & B", "A &am", "一 &lt;meta "])
def test_an_end_that_is_text_passes(tmp_path: Path, text: str) -> None:
    """No browser reads a tag there."""
    assert found(tmp_path, f"<p>{text}</p>") == []
    assert found(tmp_path, text) == []


def test_what_markdown_itself_sets_is_seen(tmp_path: Path) -> None:
    """An attribute list puts attributes onto elements of which the source shows no tag."""
    (problem,) = found(tmp_path, '<p onclick="x()">一</p>', "一\n{: onclick=x() }\n")
    assert (problem.details["found"], problem.line) == ("onclick=x()", 2)


def test_what_the_source_does_not_show_has_no_line(tmp_path: Path) -> None:
    """It is refused all the same."""
    (problem,) = found(tmp_path, "<form>", "一")
    assert problem.line is None


def test_each_fault_is_told_once(tmp_path: Path) -> None:
    """However often it stands there."""
    assert len(found(tmp_path, "<form><form>")) == 1


def anew(tmp_path: Path, html: str) -> str:
    """A page's own part as it is written anew; the theme around it stays as it was."""
    page = tmp_path / "page.html"
    page.write_text(FRAME.format(html), encoding="utf-8")
    prose_html.write_anew(page)
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition("<article>\n")
    assert (before, rest[-len("\n</article></main>") :]) == (
        '<main id="main"><script src="../assets/a.js"></script>',
        "\n</article></main>",
    )
    return rest.removesuffix("\n</article></main>")


@pytest.mark.parametrize(
    ("html", "source", "shown", "line"),
    [
        ('<p><a class="big" href="/">一</a></p>', "一\n\n[一](/){: .big }", ["class=big"], 3),
        ('<div class="tasks note aloud"></div>', "", ["class=tasks", "class=aloud"], 1),
        ('<div class="admonition big"></div>', "!!! big", ["class=big"], 1),
        ('<span\nclass="unseen\tskip">，</span>', "", ["class=unseen", "class=skip"], None),
        ('<div class="Admonition language-"></div>', "", ["class=Admonition", "class=language-"], 1),
    ],
)
def test_a_class_of_the_site_s_own_is_refused(
    tmp_path: Path, html: str, source: str, shown: list[str], line: int | None
) -> None:
    """It could lay a link over the whole page, or hide what it bears: it is named, with its line."""
    problems = found(tmp_path, html, source)
    assert [(problem.code, problem.details["found"]) for problem in problems] == [("page-html", one) for one in shown]
    if line:
        assert {problem.line for problem in problems} == {line}


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">一</h2>\n<p class="note">二<br />三<strong>四</strong></p>\n<hr />',
        '<table>\n<tbody>\n<tr>\n<td colspan="2">1 &lt; 2 &amp; 3</td>\n</tr>\n</tbody>\n</table>',
        '<a href="https://www.example.org/a?b=1&amp;c=2">二</a><img alt="图" src="../assets/a.png" width="300" />',
        "<pre><code>一\n  二\n</code></pre>",
        "<pre>\n\n一</pre>",
    ],
)
def test_what_markdown_writes_stays_as_it_is(tmp_path: Path, html: str) -> None:
    """Byte for byte: only what is written otherwise than browsers understand it comes out another."""
    assert anew(tmp_path, html) == html


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p title=一 title=二>三</p>", '<p title="一">三</p>'),
        ("<p>1 < 2 & 3<!-- 下次改 --></p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<b><i>一</b></i>", "<b><i>一</i></b>"),
        ("<p title='\">'>一</p>", '<p title="&quot;&gt;">一</p>'),
        ("<p>一</p junk=1>", "<p>一</p>"),
        ("<table><tr><td>一</table>", "<table><tbody><tr><td>一</td></tr></tbody></table>"),
    ],
)
def test_a_page_reaches_readers_as_browsers_understand_it(tmp_path: Path, html: str, written: str) -> None:
    """What it closed wrongly is right, what is left out stands there, and notes stay in the source."""
    assert anew(tmp_path, html) == written


def test_a_page_named_by_a_file_is_not_that_file(tmp_path: Path) -> None:
    """A short text that is a path is read as text all the same."""
    path = tmp_path / "secret"
    path.write_text("<p>读</p>", encoding="utf-8")
    assert anew(tmp_path, str(path)) == str(path)
