"""Proves that every known YAML trap is refused (or doubted) at its place, in words that are frozen here, by both parsers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from meihao.text_in import yaml_messages, yaml_reader
from meihao.text_in.yaml_reader import read_yaml

PARSERS = {"libyaml": yaml_reader._Parser, "python": yaml_reader._SlowParser}
DOCS = Path(__file__).parents[2] / "docs" / "errors" / "yaml.md"

# input, code, line:column
TRAPS = [
    ("党建: 30\n卫生: 20\n党建: 10\n", "Y020", "3:1"),
    *((f"v: {word}\n", "Y030", "1:4") for word in ("no", "NO", "on", "yes", "Off", "Y", "n", "True", "FALSE")),
    ("on: 1\n", "Y022", "1:1"),
    ("true: a\n", "Y022", "1:1"),
    ("1.0: a\n", "Y022", "1:1"),
    ("1: a\n'1': b\n", "Y022", "1:1"),
    ("2026-05-20: a\n", "Y022", "1:1"),
    ("~: a\n", "Y022", "1:1"),
    *((f"v: {text}\n", "Y032", "1:4") for text in ("12:30", "1:20", "1:20:30", "12:30.5", "08:30", "3:20")),
    *((f"v: {text}\n", "Y033", "1:4") for text in ("010", "0512", "051140210001", "028", "-01", "00.5")),
    *((f"v: {text}\n", "Y034", "1:4") for text in ("1_000", "12_34", "0x1F", "0b11", "0o17", "+5")),
    *((f"v: {text}\n", "Y034", "1:4") for text in ("1e3", "1.0e3", "1e+3", "1.0e+3", "-2E5")),
    *((f"v: {text}\n", "Y034", "1:4") for text in (".5", "5.", ".inf", "-.INF", ".nan", ".NaN")),
    *(
        (f"v: {text}\n", "Y035", "1:4")
        for text in ("2023-02-30", "2026-5-2", "2026-05-20T10:00:00", "2026-05-20 10:00")
    ),
    *((f"v: {text}\n", "Y031", "1:4") for text in ("~", "Null", "NULL")),
    ("v:\n", "Y040", "1:3"),
    ("v: &a\n", "Y014", "1:4"),
    ("- \n- 1\n", "Y040", "1:2"),
    ("名称：村\n", "Y043", "1:3"),
    ("c: 2\n名称：村\n", "Y043", "2:3"),
    ("名称：村\nc: 2\n", "Y043", "1:3"),
    ("{名称：村}\n", "Y043", "1:4"),
    ("名称:村\n", "Y042", "1:3"),
    ("c: 2\n名称:村\nd: 3\n", "Y042", "2:3"),
    ("{a:1}\n", "Y042", "1:3"),
    ('"a":1\n', "Y042", "1:4"),
    ("v: 网格 #3\n", "Y044", "1:7"),
    ("rule: >= 60\n", "Y053", "1:7"),
    ("rule: >5\n", "Y053", "1:7"),
    ("desc: 注: x\n", "Y052", "1:8"),
    ("v: {{ x }}\n", "Y054", "1:4"),
    ("a:\n\tb: 1\n", "Y050", "2:1"),
    ("a: 1\n\tb: 2\n", "Y050", "2:1"),
    ("a:\t1\n", "Y050", "1:3"),
    ("a: b\u2028c: 1\n", "Y006", "1:5"),
    ("a: b\x85c: 1\n", "Y006", "1:5"),
    ("a: 1\n\ufeffb: 2\n", "Y006", "2:1"),
    ("a: 1\x7f\n", "Y005", "1:5"),
    ("v: =\n", "Y036", "1:4"),
    ("v: <<\n", "Y036", "1:4"),
    *((f"v: {tag} x\n", "Y016", "1:4") for tag in ("!!set", "!!binary", "!!omap", "!x", "!e!x", "!<x")),
    ("a: &a [*a]\n", "Y014", "1:4"),
    ("v: *a\n", "Y015", "1:4"),
    ("v: * a\n", "Y015", "1:4"),
    ("v: & a\n", "Y014", "1:4"),
    ("<<: {a: 1}\n", "Y017", "1:1"),
    ("v: " + "[" * 900, "Y008", "1:43"),
    (f"v: {'7' * 5000}\n", "Y037", "1:4"),
    ("a: 1\n---\nb: 2\n", "Y011", "2:1"),
    ("a: 1\n...\nb: 2\n", "Y011", "3:1"),
    ("v: |# x\n  a\n", "Y046", "1:5"),
    ("v: { }# x\n", "Y046", "1:7"),
    ('v: "a"#x\n', "Y046", "1:7"),
    ("v: {a: 注, b}\n", "Y041", "1:11"),
    ("v: {a: , b: 1}\n", "Y040", "1:7"),
    ("v: １２\n", "Y045", "1:4"),
    ("v: ８５％\n", "Y045", "1:4"),
    ("v: @x\n", "Y051", "1:4"),
    ("v: `x`\n", "Y051", "1:4"),
    ('v: "abc\nb: 2\n', "Y055", "1:4"),
    ('v: "abc\n---\n', "Y055", "1:4"),
    ("v: [1, 2\nb: 3\n", "Y056", "1:4"),
    ("v: {a: 1 b: 2}\n", "Y056", "1:4"),
    ("a:\n  b: 1\n c: 2\n", "Y057", "3:2"),
    ("a: 1\n b: 2\n", "Y057", "2:2"),
    ("- a\nb: 1\n", "Y057", "2:1"),
    (" a: 1\nb: 2\n", "Y057", "2:1"),
    ('v: "a" b\n', "Y058", "1:8"),
    ("a: 1\nb\nc: 2\n", "Y059", "2:1"),
    ("v: ]\n", "Y060", "1:4"),
    ("[a, , b]\n", "Y060", "1:5"),
    ("v: - a\n", "Y061", "1:4"),
    ('v: "C:\\q"\n', "Y062", "1:7"),
    ('v: "\\ud800"\n', "Y062", "1:5"),
    ('v: "\\0"\n', "Y062", "1:5"),
    ('v: "\\U00110000"\n', "Y062", "1:5"),
    ("v: ?\n", "Y060", "1:4"),
    ("a: [", "Y056", "1:4"),
    ("a: [[1], {b: [2],\n\n", "Y056", "1:10"),
    ("a:\n  - [x, {z: 1},\n  # c\n", "Y056", "2:5"),
    ("%YAML 1.2\n---\na: 1\n", "Y013", "1:1"),
    ("[a]: b\n", "Y021", "1:1"),
    ("? {a: b}\n: c\n", "Y021", "1:3"),
    ("? a: [b]\n: [c]\n", "Y021", "1:3"),
    (": a\n", "Y023", "1:1"),
    ("? \n: b\n", "Y023", "1:2"),
    ("　名称: 村\n", "Y024", "1:1"),
    ("- a\n  - b\n", "Y047", "2:3"),
]

# One sentence of each kind, both languages.
SENTENCES = [
    (
        "党建: 30\n卫生: 20\n党建: 10\n",
        "a.yaml:3:1 Y020 键“党建”在第3行重复，首次出现在第1行（删去或把其中一个改名）",
        "a.yaml:3:1 Y020 key '党建' on line 3 is a duplicate of line 1 (delete or rename one of the two)",
    ),
    (
        "v: no\n",
        'a.yaml:1:4 Y030 “no”含义不明：有的软件读成真或假，有的读成文字（文字写成"no"，真假写成true或false）',
        "a.yaml:1:4 Y030 'no' is ambiguous: a boolean to some readers, text to others"
        ' (write "no" for the text, or true or false)',
    ),
    (
        "on: 1\n",
        'a.yaml:1:1 Y022 键“on”不加引号会被读成数、日期、真假或空（写成"on":）',
        "a.yaml:1:1 Y022 key 'on' without quotes reads as a number, date, boolean or null (write \"on\":)",
    ),
    (
        "v: 12:30\n",
        'a.yaml:1:4 Y032 “12:30”含义不明：有的软件读成六十进制数（时刻、比例写成"12:30"）',
        "a.yaml:1:4 Y032 '12:30' is ambiguous: a base-60 number to some readers (write \"12:30\" for a time or a ratio)",
    ),
    (
        "v: 010\n",
        'a.yaml:1:4 Y033 “010”以0开头：有的软件读成八进制数（代码写成"010"，数去掉开头的0）',
        "a.yaml:1:4 Y033 '010' has a leading zero: an octal number to some readers"
        ' (write "010" for a code, or drop the zero of a number)',
    ),
    (
        "v: 1e3\n",
        "a.yaml:1:4 Y034 “1e3”的写法各软件读法不一：有的当数，有的当文字"
        '（文字写成"1e3"，数写成普通十进制（如1000或0.5））',
        "a.yaml:1:4 Y034 '1e3' is a number to some readers and text to others"
        ' (write "1e3" for the text, or a plain decimal such as 1000 or 0.5)',
    ),
    (
        "v: 2023-02-30\n",
        "a.yaml:1:4 Y035 “2023-02-30”不是“年-月-日”（如2026-05-20）的有效日期"
        '（日期写成四位年-两位月-两位日，文字写成"2023-02-30"）',
        "a.yaml:1:4 Y035 '2023-02-30' is not a valid date of the form 2026-05-20"
        ' (write the date as YYYY-MM-DD, or "2023-02-30" for the text)',
    ),
    (
        "v:\n",
        'a.yaml:1:3 Y040 值为空（填写内容；没有时写null，空文字写""）',
        'a.yaml:1:3 Y040 the value is empty (write a value, null for none, or "" for an empty text)',
    ),
    (
        "名称：村\n",
        "a.yaml:1:3 Y043 用了全角冒号“：”：名称：村（改用半角冒号加空格“: ”）",
        "a.yaml:1:3 Y043 full-width colon '：' where YAML needs ': ' in 名称：村 (use a plain colon and a space)",
    ),
    (
        "名称:村\n",
        "a.yaml:1:3 Y042 冒号后缺少空格：名称:村（在冒号后加一个空格）",
        "a.yaml:1:3 Y042 no space after the colon: 名称:村 (put a space after the colon)",
    ),
    (
        "v: 网格 #3\n",
        "a.yaml:1:7 Y044 “ #”之后的“#3”被当作注释，没有读入（属于正文时整段加引号，是注释时在#后加空格）",
        "a.yaml:1:7 Y044 '#3' after ' #' was read as a comment and left out"
        " (quote the whole text if it belongs to it, or put a space after # of a comment)",
    ),
    (
        "rule: >= 60\n",
        'a.yaml:1:7 Y053 “>”在开头表示下面是多行文字，后面不能接内容，下面也不能没有文字（写成">= 60"）',
        "a.yaml:1:7 Y053 '>' at the start announces text on the lines below; nothing may follow it, and text must"
        ' (write ">= 60")',
    ),
    (
        "desc: 注: x\n",
        'a.yaml:1:8 Y052 同一行里又出现冒号（文字中有冒号时写成"注: x"）',
        'a.yaml:1:8 Y052 a second colon on the line (write "注: x" if the colon belongs to the text)',
    ),
    (
        "v: {{ x }}\n",
        'a.yaml:1:4 Y054 占位符{{ }}没有加引号（写成"{{ x }}"）',
        'a.yaml:1:4 Y054 a placeholder {{ }} without quotes (write "{{ x }}")',
    ),
    (
        "a:\n\tb: 1\n",
        "a.yaml:2:1 Y050 含有制表符（Tab）（改用空格缩进和分隔）",
        "a.yaml:2:1 Y050 a tab character (use spaces to indent and to separate)",
    ),
    (
        "a: b\u2028c: 1\n",
        "a.yaml:1:5 Y006 含有看不见的字符U+2028（删去这个字符；确需保留时，在双引号内写成转义\\u2028）",
        'a.yaml:1:5 Y006 invisible character U+2028 (delete it; where it is meant, write the escape \\u2028 inside "…")',
    ),
    (
        "v: !!set x\n",
        "a.yaml:1:4 Y016 不允许标签：!!set（删去标签；文字以!开头时加引号）",
        "a.yaml:1:4 Y016 tags are not allowed: !!set (delete the tag; quote a text that starts with !)",
    ),
    (
        "v: *a\n",
        "a.yaml:1:4 Y015 不允许别名：*a（把内容再写一遍；文字以*开头时加引号）",
        "a.yaml:1:4 Y015 aliases are not allowed: *a (write the content out; quote a text that starts with *)",
    ),
    (
        "v: " + "[" * 100_000,
        "a.yaml:1:43 Y008 嵌套过深：超过40层（检查是否多写了括号或缩进）",
        "a.yaml:1:43 Y008 nested too deeply: more than 40 levels (look for stray brackets or indentation)",
    ),
    (
        "a: 1\n---\nb: 2\n",
        "a.yaml:2:1 Y011 一个文件里有几份文档（“---”或“...”之后又有内容）（每份文档单独存为一个文件）",
        "a.yaml:2:1 Y011 more than one document in the file (content after '---' or '...')"
        " (keep each document in its own file)",
    ),
    (
        "v: {a: 注, b}\n",
        "a.yaml:1:11 Y041 逗号之后另起了一个键“b”，它没有值（文字中有逗号时，整段加引号）",
        "a.yaml:1:11 Y041 the comma starts a new key 'b', which has no value"
        " (quote the whole text if the comma belongs to it)",
    ),
    (
        "v: [1, 2\n",
        "a.yaml:1:4 Y056 括号“[”之内，到第2行第1列应有“,”或“]”（补上“,”或“]”；文字中有冒号或括号时加引号）",
        "a.yaml:1:4 Y056 inside '[', ',' or ']' is expected at line 2 column 1"
        " (add ',' or ']'; quote a text with colons or brackets)",
    ),
]


@pytest.fixture(params=sorted(PARSERS))
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(yaml_reader, "_Parser", PARSERS[request.param])
    return str(request.param)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("text", "code", "place"), TRAPS, ids=[f"{c}-{t[:24]!r}" for t, c, _ in TRAPS])
def test_a_trap_is_named_at_its_place(text: str, code: str, place: str) -> None:
    _, problems = read_yaml(text, "a.yaml")
    first = problems[0]
    assert (first.code, f"{first.source.line}:{first.source.column}") == (code, place)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("text", "zh", "en"), SENTENCES, ids=[s[1].split()[1] for s in SENTENCES])
def test_the_sentence_says_what_is_wrong_and_what_to_write(text: str, zh: str, en: str) -> None:
    _, problems = read_yaml(text, "a.yaml")
    assert (problems[0].text("zh"), problems[0].text("en")) == (zh, en)


def test_every_code_has_its_paragraph_and_no_code_is_used_twice() -> None:
    codes = [message.code for message in yaml_messages.MESSAGES]
    headings = re.findall(r"^## (Y\d{3})$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert headings == codes == sorted(set(codes))


def _examples(kind: str) -> list[tuple[str, str]]:
    parts = re.split(r"^## ", DOCS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    found = ((part[:4], re.search(rf"```yaml {kind}\n(.*?\n)```", part, re.DOTALL)) for part in parts)
    return [(code, match[1]) for code, match in found if match]


@pytest.mark.parametrize(("code", "text"), _examples("bad"))
def test_the_bad_example_in_the_docs_shows_its_code(code: str, text: str) -> None:
    assert code in {problem.code for problem in read_yaml(text, "a.yaml")[1]}


@pytest.mark.parametrize(("code", "text"), _examples("good"))
def test_the_good_example_in_the_docs_is_accepted(code: str, text: str) -> None:
    assert read_yaml(text, "a.yaml")[1] == (), code
