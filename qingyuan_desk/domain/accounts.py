"""Who acts, and what each role may do. Services ask; widgets never decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """One thing a role may be allowed to do."""

    REGISTER = "register"
    READ = "read"
    NOTE = "note"
    MEDIATE = "mediate"
    HANDLE = "handle"
    PRINT = "print"
    TAKE_BACK = "take_back"
    ROSTER = "roster"
    APPROVE = "approve"
    IMPORT = "import"
    EXPORT = "export"
    REPORT = "report"
    SETTINGS = "settings"
    BACKUP = "backup"
    SEALED = "sealed"


#: Role → its Chinese name.
ROLES: Mapping[str, str] = {
    "clerk": "登记员",
    "mediator": "调解员",
    "lawyer": "律师/咨询员",
    "leader": "分管领导",
    "administrator": "系统管理员",
    "auditor": "审计员",
    "statistics": "只读统计",
}

_CASE_WORK = frozenset(
    {
        Right.REGISTER,
        Right.READ,
        Right.NOTE,
        Right.MEDIATE,
        Right.HANDLE,
        Right.PRINT,
        Right.TAKE_BACK,
    }
)

#: Role → rights. SEALED only makes a person eligible: a sealed matter (检举控告) is seen by its named readers.
ROLE_RIGHTS: Mapping[str, frozenset[Right]] = {
    "clerk": _CASE_WORK
    | {Right.ROSTER, Right.IMPORT, Right.EXPORT, Right.REPORT, Right.BACKUP, Right.SETTINGS, Right.SEALED},
    "mediator": frozenset({Right.READ, Right.NOTE, Right.MEDIATE, Right.PRINT}),
    "lawyer": frozenset({Right.REGISTER, Right.READ, Right.NOTE, Right.HANDLE, Right.PRINT}),
    "leader": _CASE_WORK
    | {
        Right.ROSTER,
        Right.APPROVE,
        Right.EXPORT,
        Right.REPORT,
        Right.BACKUP,
        Right.SETTINGS,
        Right.SEALED,
    },
    "administrator": frozenset({Right.SETTINGS, Right.BACKUP, Right.IMPORT}),
    "auditor": frozenset({Right.REPORT}),
    "statistics": frozenset({Right.REPORT}),
}


@dataclass(frozen=True)
class Actor:
    """The account a service acts for."""

    code: str
    name: str
    role: str

    def may(self, right: Right) -> bool:
        """Whether the role has this right."""
        return right in ROLE_RIGHTS.get(self.role, frozenset())
