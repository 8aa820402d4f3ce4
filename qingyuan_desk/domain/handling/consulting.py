"""Legal advice, legal aid, and psychological referral (《法律援助法》, 《精神卫生法》第二十三条)."""

from __future__ import annotations

from qingyuan_desk.domain.handling.rules import Act

ACTS: tuple[Act, ...] = ()
