"""Holds what the pages of logging in say."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.text import Label

LOGIN: Mapping[str, Label] = {
    "title": Label("登录", "Log in"),
    "login": Label("登录名", "Login"),
    "login_hint": Label("写在密码条上，全是小写字母和数字。", "It is on your slip, in small letters and digits."),
    "password": Label("密码", "Password"),
    "go": Label("登录", "Log in"),
    "none": Label("这里没有账号", "There are no accounts here"),
    "none_said": Label(
        "打开的是批次文件夹，不用登录。要多人填报、审核，请放进服务文件夹再打开。",
        "What is open is the folder of a round, and nobody logs in. For several people to work on it, take it into a served "
        "folder.",
    ),
    "demo_title": Label("演示：选一个身份进去看看", "Demonstration: choose a role and look around"),
    "demo_said": Label(
        "演示里的人都是编造的，不用密码。真正的批次没有这些按钮。",
        "These people are invented and need no password. A real round has no such buttons.",
    ),
    # ---- password
    "password_title": Label("修改密码", "Change your password"),
    "first_said": Label(
        "密码条上的密码只用一次，请换成自己的。", "The password on the slip is good once: choose your own."
    ),
    "old": Label("现在的密码", "Current password"),
    "new": Label("新密码", "New password"),
    "new_hint": Label("至少{least}个字符，可以是一句话。", "{least} characters or more; a sentence will do."),
    "again": Label("再填一遍新密码", "New password once more"),
    "change": Label("改密码", "Change it"),
    # ---- second factor
    "totp_title": Label("手机验证码", "Code from your phone"),
    "enrol_title": Label("绑定手机验证码", "Set up codes on your phone"),
    "enrol_said": Label(
        "您的身份要用两样东西登录：密码，和手机上的验证码。在手机里打开任何一个“身份验证器”，扫下面的图；不能扫的，把密钥抄进去。不用联网，不用手机号。",
        "Your role logs in with two things: a password, and a code from a phone. Open any authenticator on it and scan the "
        "picture, or type the key. It takes neither a network nor a telephone number.",
    ),
    "qr": Label("绑定用的二维码", "Code to set it up"),
    "key": Label("密钥", "Key"),
    "code": Label("手机上显示的6位数", "The 6 digits on the phone"),
    "code_or_spare": Label("6位数，或一个备用码。", "6 digits, or one of the spare codes."),
    "confirm": Label("确认", "Confirm"),
    "spare_title": Label("备用码", "Spare codes"),
    "spare_said": Label(
        "手机丢了，用备用码登录，每个只能用一次。只在这里显示这一次，请抄下来或打印，锁好。",
        "Whoever loses the phone logs in with one of these, each good once. They are shown this once: write them down "
        "and lock them up.",
    ),
    "go_on": Label("继续", "Continue"),
    # ---- account
    "account_title": Label("我的账号", "My account"),
    "organisation": Label("单位", "Works for"),
    "roles": Label("身份", "Roles"),
    "sessions": Label("在哪里登录着", "Where you are logged in"),
    "began": Label("登录时间", "Since"),
    "seen": Label("最近使用", "Last used"),
    "browser": Label("浏览器", "Browser"),
    "address": Label("地址", "Address"),
    "this_one": Label("这里", "here"),
    "end_others": Label("退出其他地方的登录", "Log out everywhere else"),
    "whole_round": Label("全批次", "the whole round"),
    "to_password": Label("修改密码", "Change the password"),
    "to_totp": Label("重新绑定手机", "Set up another phone"),
    "proof": Label("再输一次您的密码", "Your password once more"),
    "proof_hint": Label(
        "要办的事关系重大，确认是您本人。", "What you are about to do matters: this confirms that it is you."
    ),
    # ---- first administrator
    "begin_title": Label("设立第一个账号管理员", "The first administrator of accounts"),
    "begin_said": Label(
        "这个链接只能用一次。设好以后，用账号管理员的身份建立其他人的账号。",
        "This link is good once. Afterwards the administrator of accounts makes everybody else’s.",
    ),
    "begin_over": Label("链接已失效", "The link is not good any more"),
    "begin_over_said": Label(
        "已经用过，或过了24小时。重新启动程序，会给出新的链接。",
        "It was used, or 24 hours have passed. Starting the server again gives a new one.",
    ),
    "name": Label("姓名", "Name"),
    "new_login_hint": Label(
        "小写字母开头，3到30个小写字母、数字、点、横线。",
        "3 to 30 small letters, digits, dots, dashes.",
    ),
    "again_password": Label("再填一遍密码", "Password once more"),
    "begin": Label("设立", "Set up"),
}
