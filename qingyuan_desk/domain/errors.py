"""The one family of errors services raise. Each carries a Chinese sentence with its cause and the next step.

Codes are what a clerk reads out on the phone; the sentences are the catalogue.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping

from qingyuan_desk.domain.problems import Problem

#: Faults of the machine or the data folder: code → sentence.
FAULTS = {
    "QY-101": "磁盘空间不足，本次登记尚未保存。请清理磁盘后再按“保存”，表单内容不会丢失。",
    "QY-102": "磁盘写入出错，为避免丢失数据，本次未保存。请改用纸质登记簿并联系管理员。",
    "QY-103": "数据文件夹 {path} 不能写入，已进入“只读查询”：可以查询、打印，不能登记。请联系管理员开放写入权限。",
    "QY-104": "数据库正被另一程序占用，本次尚未保存。请稍候再按“保存”，表单内容不会丢失。",
    "QY-105": "数据文件已被移动或删除，已停止登记。请联系管理员找回 {path} 或用备份恢复，不要新建数据。",
    "QY-106": "数据文件损坏，不再写入，原件保留在 {path}。请联系管理员用备份恢复。",
    "QY-107": "数据由更新的版本（{theirs}）建立，本程序版本为 {ours}，只能查询。请升级程序后再登记。",
    "QY-108": "升级未完成，已退回原状态，数据完好。升级前备份：{path}。",
    "QY-109": "数据文件夹 {path} 在网络文件夹（{kind}）上，几台电脑同时使用会损坏数据，没有打开。请改用本机硬盘上的文件夹。",
    "QY-117": "数据文件夹 {path} 建不起来或不能写入（{cause}）。请换一个有写入权限的文件夹，或联系管理员。",
    "QY-118": "{path} 是空文件，不是本系统的数据。请从备份恢复，或移走它后重新打开。",
    "QY-119": "{path} 不是本系统的数据文件，没有改动它。请检查数据文件夹选得对不对。",
    "QY-120": "{path} 里是另一种程序的数据库，没有改动它。请检查数据文件夹选得对不对。",
    "QY-121": "这是演练数据文件夹，不能当作正式数据使用；正式数据文件夹也不能写入演练数据（{path}）。",
    "QY-122": "数据由更新的版本（{theirs}）建立，本程序版本为 {ours}，读不了，没有改动它。请升级程序后再打开。",
    "QY-130": "没有找到打印机“{printer}”，没有打印。请检查打印机名称或在设置里另选一台。",
    "QY-131": "字体文件 {path} 缺失或读不出，不能生成文书。请重新安装程序。",
    "QY-132": "文件 {path} 写不进去（{cause}）。请换一个文件夹或文件名。",
    "QY-133": "文书用语文件 {path} 缺失或读不懂（{cause}）。请改回原来的内容，或重新安装程序。",
    "QY-134": "{path} 就是正在使用的数据文件，备份不能写在它上面。请换一个文件夹或文件名。",
    "QY-140": "统计表“{table}”合计对不上（{cause}），没有出表。请运行“检查”核对数据文件，并把这句话告诉管理员。",
    "QY-136": "打印机“{printer}”已停用、暂停或出错，没有打印。请检查打印机是否开机、有纸，或在列表里另选一台。",
    "QY-137": "文书读不出来（{cause}），没有打印。请重新生成；仍不行请联系管理员。",
    "QY-141": "附件 {path} 读不出来（{cause}）。请从备份的 attachments 文件夹找回原件；仍不行请联系管理员。",
    "QY-199": "出了意料之外的问题（{cause}），刚才的操作没有完成，已填内容还在。请重试；仍不行请联系管理员。",
}


#: The operating system's error number → cause in words.
_CAUSES: Mapping[int, str] = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件太大",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "被别的程序占用",
    errno.ENOENT: "路径不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "已有同名文件",
    errno.ENAMETOOLONG: "名字太长",
}


def cause_in_words(error: BaseException) -> str:
    """Why the operating system refused, without paths or data; for a fault nobody foresaw, its class."""
    return _CAUSES.get(getattr(error, "errno", None) or 0, type(error).__name__)


class DeskError(Exception):
    """Anything a service cannot do; `sentence` says so to the user."""

    code = ""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(DeskError):
    """The rules refuse what was asked; every problem names its field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(problem.sentence for problem in self.problems))

    @classmethod
    def because(cls, field: str, sentence: str, article: str = "") -> Refused:
        """Refusal for one reason."""
        return cls([Problem(field, sentence, article)])


class NotFound(DeskError):
    """What was asked for does not exist, or this actor may not know that it does."""


class Conflict(DeskError):
    """Somebody else changed it in the meantime."""


class NotAllowed(DeskError):
    """The actor's role has no right to do this."""


class Unavailable(DeskError):
    """The machine or the data folder lacks something. `code` is a key of FAULTS."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        super().__init__(f"{FAULTS[code].format(**facts)}（{code}）")
