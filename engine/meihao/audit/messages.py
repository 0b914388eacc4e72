"""Says why a file cannot be verified or signed at all, each time with a remedy. What does not hold is no problem but a check."""

from __future__ import annotations

from ..core.problems import Message

NOT_READ = Message(
    "V001", "error",
    "读不了{path}：{why}", "{path} cannot be read: {why}",
    "核对路径和权限", "check the path and its permissions",
)  # fmt: skip
NEITHER = Message(
    "V002", "error",
    "既不是PDF也不是JSON", "this is neither a PDF nor JSON",
    "给出meihao写的PDF或结果JSON；网页、XLSX和CSV没有校验值，核对与它同时写出的PDF或JSON",
    "name a PDF or a result JSON that meihao wrote; pages, XLSX and CSV carry no digest: check the PDF or JSON written with them",
)  # fmt: skip
BAD_PDF = Message(
    "V003", "error",
    "PDF读不出来（{zh}），没有核对", "the PDF cannot be read ({en}); nothing was checked",
    "文件可能损坏或被改过，向发布单位要原件", "the file may be damaged or altered: ask the issuing body for the original",
)  # fmt: skip
NO_RESULT = Message(
    "V004", "error",
    "PDF里没有result.json：不是meihao写的报告，或者结果被去掉了，没有核对",
    "there is no result.json in the PDF: meihao did not write it, or it was taken out; nothing was checked",
    "空白表本来就没有结果；如果是报告，请向发布单位要原件",
    "a blank sheet never has a result; for a report, ask the issuing body for the original",
)  # fmt: skip
TOO_BIG = Message(
    "V005", "error",
    "太大：{size}字节，至多{limit}", "too big: {size} bytes, at most {limit}",
    "给出meihao写的文件", "name a file that meihao wrote",
)  # fmt: skip
BAD_JSON = Message(
    "V006", "error",
    "结果JSON读不懂：{zh}", "the result JSON cannot be understood: {en}",
    "给出meihao写的结果；被改过的文件向发布单位要原件",
    "name a result that meihao wrote; if it was altered, ask for the original",
)  # fmt: skip
NO_STATE = Message(
    "V020", "error",
    "{path}不能当作名单所据的数据状态：{why}", "{path} cannot serve as the state that lists were made from: {why}",
    "给出meihao rank --to写在名单旁边的“数据状态.json”", "name the state.json that meihao rank --to wrote beside the lists",
)  # fmt: skip
STATE_LEFT = Message(
    "V022", "warning",
    "旁边的{path}用不了：{why}；按现在的数据核对",
    "{path}, which lies beside it, cannot be used: {why}; checked by the data as it is now",
    "从备份取回这个文件，或用--state指明另存的那一份", "restore the file from a backup, or name a copy of it with --state",
)  # fmt: skip
STATE_OF_ANOTHER = Message(
    "V021", "error",
    "{path}是另一次排名的数据状态", "{path} is the state of another ranking",
    "给出与这份文件同时写出的那一份", "name the one that was written together with this file",
)  # fmt: skip
NO_CODE = Message(
    "V023", "error",
    "这不是报告二维码里的文字", "this is not the text of a report's code",
    "整段抄来：先是单位编号，再是“sha256:”开头的校验值",
    "copy all of it: the unit's code, then the digest that begins with sha256:",
)  # fmt: skip
NO_HANKO = Message(
    "V010", "error",
    "签名要用pyHanko，本机没有", "signing needs pyHanko, which is not installed",
    "pip install 'meihao[sign]'", "pip install 'meihao[sign]'",
)  # fmt: skip
BAD_KEY = Message(
    "V011", "error",
    "密钥文件打不开：不是PKCS#12，或密码不对", "the key file cannot be opened: it is not PKCS#12, or the password is wrong",
    "密码写在环境变量MEIHAO_KEY_PASSWORD里，或在终端输入",
    "put the password into the environment variable MEIHAO_KEY_PASSWORD, or type it on a terminal",
)  # fmt: skip
NOT_SIGNED = Message(
    "V012", "error",
    "签不了：{zh}", "it cannot be signed: {en}",
    "先用meihao verify核对这个PDF", "first check this PDF with meihao verify",
)  # fmt: skip
WANTS_PDF = Message(
    "V013", "error",
    "只能给PDF签名，这不是PDF", "only a PDF can be signed, and this is none",
    "给出meihao写的PDF：单位报告、排名名单或公示", "name a PDF that meihao wrote: a unit's report, a ranked list or a notice",
)  # fmt: skip
