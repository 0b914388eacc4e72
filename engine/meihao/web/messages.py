"""Lists what the web server has to say before it serves, and of a form that it cannot use."""

from __future__ import annotations

from ..core.problems import Message

NO_WEB = Message(
    "B001", "error", "没有装网页服务的组件（{library}）", "the parts of the web server are not installed ({library})",
    "用./meihao serve启动，会自动装好；自己管理环境的，运行pip install 'meihao[web]'",
    "start it with ./meihao serve, which installs them; in an environment of your own: pip install 'meihao[web]'",
)  # fmt: skip
PORT_IN_USE = Message(
    "B002", "error", "{host}的端口{port}已被占用", "port {port} of {host} is already in use",
    "多半是已经启动过一次；要再开一个，用--port另写一个端口，写0则由系统挑选",
    "it has probably been started already; for a second one name another port with --port (0: the system picks one)",
)  # fmt: skip
NO_ADDRESS = Message(
    "B003", "error", "不能在{host}的端口{port}上提供服务：{why}", "cannot serve at {host}, port {port}: {why}",
    "核对--host和--port；只在本机使用，写--host 127.0.0.1",
    "check --host and --port; for this machine alone write --host 127.0.0.1",
)  # fmt: skip
NO_ROUND_NAMED = Message(
    "B004", "error", "没有说明要打开哪个批次", "no round was named",
    "写成meihao serve 批次文件夹；先看看样子，用meihao serve --demo",
    "write meihao serve ROUND; for a look around: meihao serve --demo",
)  # fmt: skip
BOTH_NAMED = Message(
    "B005", "error", "--demo打开的是示例批次，不能再写批次文件夹{round}",
    "--demo opens the sample round; a round of your own ({round}) cannot be named beside it",
    "去掉--demo，或去掉文件夹", "leave out --demo, or the folder",
)  # fmt: skip

STAGE_OF_DEMO = Message(
    "B006", "error", "--stage {stage}只用于示例批次", "--stage {stage} is for the sample round alone",
    "写成meihao serve --demo --stage {stage}", "write meihao serve --demo --stage {stage}",
)  # fmt: skip

# ---- what a form brings
NO_FILE = Message(
    "B010", "error", "没有选文件", "no file was chosen", "点“选择文件”，选好再提交", "choose a file first, then send it",
)  # fmt: skip
FILE_TOO_LARGE = Message(
    "B012", "error", "文件太大，最多{most}", "the file is too large: at most {most}",
    "压缩包里的照片先缩小；或按乡镇、按类拆成几份", "make photos in an archive smaller, or split it by township or by kind",
)  # fmt: skip
CARRIED_BROKEN = Message(
    "B011", "error", "页面里带着的那份表不完整", "the workbook that the page carried along did not come back whole",
    "重新选一次文件", "choose the file again",
)  # fmt: skip

# ---- what is kept
NO_DATABASE = Message(
    "B040", "error", "{path}不是服务文件夹（没有{name}）", "{path} is no folder to serve from (it has no {name})",
    "先把批次放进去：meihao round load {path} 批次文件夹", "put a round into it first: meihao round load {path} ROUND",
)  # fmt: skip
NEWER_DATABASE = Message(
    "B041", "error", "{path}是更新版本的程序写的（{state}）", "{path} was written by a newer version of the program ({state})",
    "换用新版本打开；旧版本不会改动它", "open it with the newer version; this one leaves it as it is",
)  # fmt: skip
UNFIT_DATABASE = Message(
    "B042", "error", "数据库{path}打不开：{why}", "the database {path} cannot be opened: {why}",
    "核对权限和磁盘；坏了，就从备份恢复", "check the permissions and the disk; if it is damaged, restore a backup",
)  # fmt: skip
NO_POSTGRES = Message(
    "B051", "error", "没有装PostgreSQL的组件（psycopg）", "the parts for PostgreSQL are not installed (psycopg)",
    "在meihao的环境里运行pip install --require-hashes -r locks/postgres.txt；自己管理环境的，pip install 'meihao[postgres]'",
    "in the environment of meihao: pip install --require-hashes -r locks/postgres.txt; in one of your own: "
    "pip install 'meihao[postgres]'",
)  # fmt: skip
NOT_AN_ADDRESS = Message(
    "B052", "error", "数据库地址不能用：{why}", "the address of the database cannot be used: {why}",
    "写成postgresql://用户@主机/数据库，密码放在~/.pgpass",
    "write postgresql://USER@HOST/DATABASE, and put the password into ~/.pgpass",
)  # fmt: skip
OTHER_DATABASE = Message(
    "B053", "error", "{path}已经有自己的数据库（{name}）", "{path} has a database already ({name})",
    "去掉--database，或换一个服务文件夹", "leave out --database, or name another folder",
)  # fmt: skip
DUMP_IT = Message(
    "B054", "error", "{path}的数据库是PostgreSQL，用它自己的工具备份",
    "the database of {path} is PostgreSQL, which has tools of its own for copies",
    "先运行pg_dump -Fc -f 备份.dump -d {address}，再复制{path}",
    "run pg_dump -Fc -f COPY.dump -d {address} first, then copy {path}",
)  # fmt: skip
NO_SUCH_ROUND = Message(
    "B043", "error", "{path}里没有批次“{round}”（有：{known_zh}）", "{path} holds no round “{round}” (it holds: {known_en})",
    "用--id写明批次编号", "name the round's id with --id",
)  # fmt: skip
NO_FOLDER_NAMED = Message(
    "B044", "error", "没有说明批次文件夹", "no folder of a round was named",
    "写成meihao round {act} 服务文件夹 批次文件夹", "write meihao round {act} SERVED FOLDER",
)  # fmt: skip
TAKEN = Message(
    "B045", "error", "{path}已经有了", "{path} is already there",
    "另写一个名称；原有的不会被盖掉", "name another place; nothing is overwritten",
)  # fmt: skip
BACKUP_FAILED = Message(
    "B046", "error", "没有备份成{path}：{why}", "the backup {path} was not made: {why}",
    "核对权限和磁盘，再备份一次", "check the permissions and the disk, and try again",
)  # fmt: skip
NOT_A_BACKUP = Message(
    "B047", "error", "不能由这个文件恢复：{why}", "nothing can be restored from this file: {why}",
    "换一份备份；什么也没有恢复", "use another backup; nothing was restored",
)  # fmt: skip
NOT_RESTORED = Message(
    "B048", "error", "没有恢复到{path}：{why}", "nothing was restored to {path}: {why}",
    "核对权限和磁盘，再恢复一次", "check the permissions and the disk, and try again",
)  # fmt: skip

# ---- logging in
LOGIN_REFUSED = Message(
    "B060", "error", "登录名或密码不对", "the login or the password is wrong",
    "核对密码条上的登录名；忘了密码，找发账号的人重新发一个",
    "check the login on the slip; for a forgotten password ask whoever made the account",
)  # fmt: skip
TOO_MANY = Message(
    "B061", "error", "试的次数太多，先等{minutes}分钟", "too many attempts: wait {minutes} min",
    "等一等再试；急用，请安全管理员解除", "try again later; the administrator of security can end it at once",
)  # fmt: skip
PASSWORD_LENGTH = Message(
    "B062", "error", "密码要有{least}到{most}个字符", "a password has {least} to {most} characters",
    "几个不相干的词连在一起，又长又好记", "some words that have nothing to do with each other are long and easy to remember",
)  # fmt: skip
COMMON_PASSWORD = Message(
    "B063", "error", "这个密码太常见", "this password is too common",
    "换一个别人想不到的", "choose one that nobody would think of",
)  # fmt: skip
PASSWORD_SPEAKS = Message(
    "B064", "error", "密码里有登录名或姓名", "the password holds the login or the name",
    "换一个与自己无关的", "choose one that is not about you",
)  # fmt: skip
NOT_THE_SAME = Message(
    "B065", "error", "两次填的新密码不一样", "the new password was not typed the same twice", "再填一遍", "type it again",
)  # fmt: skip
SAME_AS_BEFORE = Message(
    "B066", "error", "新密码与原来的一样", "the new password is the old one", "换一个", "choose another",
)  # fmt: skip
WRONG_CODE = Message(
    "B067", "error", "验证码不对，或已经用过", "the code is wrong, or was used already",
    "等手机上显示下一个再填；手机的时间要准", "wait for the next one on the phone, and check the clock of the phone",
)  # fmt: skip
WRONG_PASSWORD = Message(
    "B068", "error", "密码不对", "the password is wrong", "填现在登录用的密码", "give the password with which you log in",
)  # fmt: skip
LOGIN_FORM = Message(
    "B069", "error", "登录名“{login}”不能用", "“{login}” cannot be a login",
    "用小写字母开头，3到30个小写字母、数字、点、横线",
    "begin with a small letter: 3 to 30 small letters, digits, dots and dashes",
)  # fmt: skip
NO_NAME = Message(
    "B070", "error", "没有填姓名", "the name is missing",
    "填真实姓名，流水里要用", "give the person’s own name: the journal says it",
)  # fmt: skip
NO_REASON = Message(
    "B072", "error", "没有写理由", "the reason is missing", "写一句，流水里要用", "one sentence will do: the journal says it",
)  # fmt: skip
TAKE_IN = Message(
    "B071", "notice", "这是批次文件夹，网页上没有账号", "this is a folder of a round: its pages have no accounts",
    "要多人填报、审核，先放进服务文件夹：meihao round load 服务文件夹 {path}",
    "for several people to work on it, take it into a served folder first: meihao round load SERVED {path}",
)  # fmt: skip
