"""Holds what the pages say on which townships and counties review applications."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

REVIEW: Mapping[str, Label] = {
    "inbox": Label("待办", "Inbox"),
    "inbox_lead": Label("轮到您办的，等得最久的在前。", "What waits for you, the longest first."),
    "inbox_state": Label("{state}的", "{state}"),
    "nothing_waits": Label("没有要办的。", "Nothing waits for you."),
    "nothing_such": Label("没有这样的。", "There are none."),
    "all_mine": Label("轮到我的", "Waiting for me"),
    "by_state": Label("按状态看", "By state"),
    "unit": Label("单位", "Unit"),
    "kind": Label("类别", "Kind"),
    "stands": Label("办到哪一步", "State"),
    "since": Label("从什么时候", "Since"),
    "found": Label("共{count}个，第{page}页，共{pages}页。", "{count} found, page {page} of {pages}."),
    "earlier": Label("上一页", "Previous page"),
    "later": Label("下一页", "Next page"),
    "review": Label("审核", "Review"),
    "review_of": Label("审核：{name}", "Review: {name}"),
    "review_lead": Label(
        "一项一项看：单位填的值，旁边是材料。没有问题就通过；有问题的只退回那一项，别的不动。",
        "Look at each item: the unit's value beside its document. Accept when nothing is wrong; return single items alone.",
    ),
    "inner_state": Label("现在：{state}", "Now: {state}"),
    "given_by": Label("{who}填，{day}", "{who}, {day}"),
    "not_given": Label("没有填", "not given"),
    "no_paper": Label("没有交", "not handed in"),
    "no_file": Label("列了材料，没有传文件", "listed, without a file"),
    "open_paper": Label("打开：{name}", "Open: {name}"),
    "verified": Label("{role}{who}核为{value}", "{role} {who}: {value}"),
    "asks_papers": Label("要看的材料：", "Documents that belong to it: "),
    "listing": Label("、", ", "),
    "act_on": Label("退回或更正", "Return or correct"),
    "act_on_what": Label("退回或更正“{item}”", "Return or correct “{item}”"),
    "why": Label("理由（单位看得到）", "Reason (the unit reads it)"),
    "until": Label("补正截止（含当天）", "Last day to complete it"),
    "until_hint": Label("写成2026-05-20", "like 2026-05-20"),
    "do_return": Label("退回这一项", "Return this item"),
    "value": Label("更正为", "Correct to"),
    "do_correct": Label("记下更正", "Record the correction"),
    "correct_said": Label(
        "更正记作您自己的记录，单位原来填的也留着。", "It is kept as your own record, beside the unit's."
    ),
    "accept": Label("审核通过", "Accept"),
    "accept_said": Label(
        "通过以后交给下一级，县区通过就是受理。", "It goes on to the county; accepted by the county it is done."
    ),
    "nothing_to_do": Label("现在没有要您办的。", "There is nothing for you to do now."),
    "extend": Label("延长这个单位的期限", "Let this unit hand in later"),
    "extend_said": Label(
        "已经截止。凭一个决定，这个单位从今天起可以补交；决定写进批次，长期留存。",
        "The deadline is over. By a decision this unit may hand in from today on; it is kept with the round.",
    ),
    "still_open": Label("还没有截止，不用延期。", "It is still open: there is nothing to extend."),
    "decision_id": Label("决定编号（文号）", "Number of the decision"),
    "decision_kind": Label("准许什么", "What it lets in"),
    "decision_until": Label("最后一天（含当天）", "Last day"),
    "decision_why": Label("理由", "Reason"),
    "do_extend": Label("准许补交", "Let it in"),
    "decided": Label("决定“{decision}”现在准许补交", "The decision “{decision}” lets it in now"),
    "entries": Label("{n}条", "{n} entries"),
    "to_register": Label("更正这张台账", "Correct this register"),
}
REGISTER: Mapping[str, Label] = {
    "register_of": Label("更正台账：{name}，{title}", "Correct the register: {name}, {title}"),
    "register_said": Label(
        "照核查的情况改：改错的、补漏的，多的一条把各格清空。整张台账记作您自己的记录，单位原来填的也留着。",
        "Change it to what you found: correct, add, empty the fields of an entry that should go. The whole register is kept as "
        "your own record, beside the unit's.",
    ),
    "register_given": Label("单位填的", "What the unit gave"),
    "register_own": Label("核实以后的台账", "The register as you found it"),
    "entry": Label("序号", "No."),
    "many_rows": Label(
        "这张台账有{n}条，太长，不在网页上更正：请退回，由单位改。",
        "This register has {n} entries, too many to correct on a page: return it to the unit.",
    ),
    "rows_in_form": Label("最多30条。", "At most 30 entries."),
}
