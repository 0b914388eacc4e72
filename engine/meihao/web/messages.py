"""Lists what the web server has to say before it serves."""

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
