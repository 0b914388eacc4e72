"""Defines what can go wrong when documents are made, each with its remedy; the fonts have P001 and P002."""

from __future__ import annotations

from ..core.problems import Message

NO_PANGO = Message(
    "P010", "warning",
    "本机缺少Pango，做不了PDF，已改写HTML：{why}",
    "Pango is missing on this machine: HTML was written instead of PDF: {why}",
    "安装libpango-1.0-0、libpangoft2-1.0-0、libharfbuzz-subset0；meihao doctor可检查",
    "install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0; meihao doctor checks it",
)  # fmt: skip
BAD_TEMPLATE = Message(
    "P011", "error",
    "模板{template}有误：{what}", "template {template} is faulty: {what}",
    "核对模板；可用的词见docs/reports.zh.md", "check the template; docs/reports.md lists what it may use",
)  # fmt: skip
FORBIDDEN = Message(
    "P012", "error",
    "模板{template}做了不允许的事：{what}", "template {template} does something that is not allowed: {what}",
    "模板只能读报告里的字段、循环和判断", "a template may only read the report's fields, and use loops and conditions",
)  # fmt: skip
TOO_LONG = Message(
    "P013", "error",
    "模板{template}写出的页面超过{most}个字符", "template {template} writes more than {most} characters",
    "去掉重复循环", "remove repeated loops",
)  # fmt: skip
NOT_WRITTEN = Message(
    "P014", "error",
    "写不了{path}：{why}", "{path} cannot be written: {why}",
    "核对文件夹的权限和剩余空间", "check the folder's permissions and free space",
)  # fmt: skip
PDF_FAILED = Message(
    "P015", "error",
    "排版失败（{title}）：{why}", "{title} could not be laid out: {why}",
    "核对模板的嵌套层数", "check how deeply the template is nested",
)  # fmt: skip
BAD_PICTURE = Message(
    "P031", "error",
    "pack.yaml的图片{path}用不了：{why}", "the picture {path} of pack.yaml cannot be used: {why}",
    "换成PNG或JPEG，放在标准的reports文件夹里", "use a PNG or JPEG in the pack's reports folder",
)  # fmt: skip
BAD_PHOTO = Message(
    "P032", "warning",
    "照片“{title}”印不了，报告里没有它：{why}", "the photo “{title}” cannot be printed and is left out: {why}",
    "换成不超过5000万像素的JPEG或PNG", "use a JPEG or PNG of at most 50 million points",
)  # fmt: skip
MANY_PHOTOS = Message(
    "P033", "warning",
    "有{n}张照片，只印前{most}张", "there are {n} photos; the first {most} are printed",
    "挑选最能说明问题的照片", "choose the photos that show the most",
)  # fmt: skip
NO_PHOTOS = Message(
    "P034", "error",
    "读不了照片文件夹{path}：{why}", "the folder of photos {path} cannot be read: {why}",
    "核对--photos的路径", "check the path given with --photos",
)  # fmt: skip
PERIOD_REVERSED = Message(
    "P020", "error",
    "公示期末日{last}早于首日{first}", "the notice ends on {last}, before its first day {first}",
    "核对notice.yaml的from和until", "check from and until in notice.yaml",
)  # fmt: skip
PERIOD_WITHOUT_START = Message(
    "P021", "error",
    "写了公示几天或到哪天，没有写首日", "a last day or a number of days is given, but no first day",
    "补写from", "add from",
)  # fmt: skip
STARTS_ON_REST_DAY = Message(
    "P022", "warning",
    "公示首日{day}不是工作日", "the first day of the notice, {day}, is not a working day",
    "改到工作日；照写也从下一个工作日起算", "choose a working day; otherwise the period is counted from the next working day",
)  # fmt: skip
DAYS_DISAGREE = Message(
    "P023", "error",
    "写了{given}个工作日，按工作日历数出来是{counted}个", "{given} working days are given, but the calendar has {counted}",
    "until和working_days只写一个，或补全calendar.yaml", "give only one of until and working_days, or complete calendar.yaml",
)  # fmt: skip
NO_HOLIDAYS = Message(
    "P024", "notice",
    "没有放假安排，公示期{first}至{last}的工作日只扣除每周的休息日",
    "no holidays are given: only the weekly rest days are left out of the working days from {first} to {last}",
    "照放假通知填写批次文件夹里的calendar.yaml", "fill in calendar.yaml in the round's folder",
)  # fmt: skip
DECISION_TOO_EARLY = Message(
    "P071", "warning",
    "批次还没有截止，没有写命名决定", "the round is still open, so no naming decision was written",
    "截止、公示之后再写；round.yaml里写closed: true即为截止",
    "write it after the round is closed (closed: true in round.yaml) and the notice has ended",
)  # fmt: skip
DECIDED_DURING_NOTICE = Message(
    "P072", "error",
    "命名决定的成文日期{day}不晚于公示末日{last}", "the decision is dated {day}, not after the last day of the notice, {last}",
    "公示期满再作决定；核对decision.yaml的dated和notice.yaml的公示期",
    "decide after the notice has ended; check dated in decision.yaml and the period in notice.yaml",
)  # fmt: skip
ENDS_BEFORE_IT_BEGINS = Message(
    "P073", "error",
    "命名有效期末日{day}早于成文日期{dated}", "the naming is valid until {day}, which is before the decision is dated, {dated}",
    "核对decision.yaml的valid_until", "check valid_until in decision.yaml",
)  # fmt: skip
WORKER_DIED = Message(
    "P050", "error",
    "{unit}的报告没有做成：工作进程中止（{how}）", "the report of {unit} was not made: its process ended ({how})",
    "其余报告不受影响；再运行一次只补做缺的", "the others are not affected; run again to make what is missing",
)  # fmt: skip
TOO_MUCH_CPU = Message(
    "P051", "error",
    "{unit}的报告没有做成：处理器时间超过{most}秒", "the report of {unit} was not made: more than {most} s of processor time",
    "查看该单位有没有异常长的文字或照片", "look for extremely long texts or photos in this unit",
)  # fmt: skip
TOO_SLOW = Message(
    "P052", "error",
    "{unit}的报告没有做成：超过{most}秒没有做完", "the report of {unit} was not made: not finished after {most} s",
    "机器空闲时再运行一次，只补做缺的", "run again when the machine is less busy; only what is missing is made",
)  # fmt: skip
TOO_MUCH_MEMORY = Message(
    "P053", "error",
    "{unit}的报告没有做成：内存超过{most} MB", "the report of {unit} was not made: more than {most} MB of memory",
    "查看该单位有没有异常长的文字或照片", "look for extremely long texts or photos in this unit",
)  # fmt: skip
ALREADY_THERE = Message(
    "P054", "notice",
    "{n}份报告已有，内容没有变化，没有重做", "{n} reports were there already and nothing in them has changed: not made again",
    "要全部重做，换一个文件夹，或删除其中的{record}", "to make all again, use another folder or delete its {record}",
)  # fmt: skip
NO_TYPST = Message(
    "P060", "error",
    "本机没有Typst：{why}", "Typst is not installed: {why}",
    "pip install 'meihao[typst]'，或不写--backend typst", "pip install 'meihao[typst]', or leave out --backend typst",
)  # fmt: skip
TYPST_INSTEAD = Message(
    "P061", "notice",
    "本机缺少Pango，PDF由Typst排版，文字相同", "Pango is missing: Typst sets the PDF instead, with the same text",
    "要用WeasyPrint排版，先装Pango；meihao doctor可检查", "install Pango to set pages by WeasyPrint; meihao doctor checks it",
)  # fmt: skip
OWN_TEMPLATES_UNUSED = Message(
    "P062", "warning",
    "Typst用内置版式，标准自带的模板{folder}没有用上",
    "Typst uses the built-in layout: the pack's own templates in {folder} are not used",
    "要用自带的模板，用--backend weasyprint", "use --backend weasyprint for the pack's own templates",
)  # fmt: skip
TEMPLATE_TOO_DEAR = Message(
    "C034", "error", "模板{template}用时超过{seconds}秒或内存超过{memory} MB，没有做出这一页",
    "the template {template} took more than {seconds} s or {memory} MB; the page was not made",
    "看看有没有层层嵌套的循环", "look for loops within loops",
)  # fmt: skip
