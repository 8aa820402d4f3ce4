"""Traditional characters as they occur in names and places, and their simplified forms, for searching."""

from __future__ import annotations

_PAIRS = """
張张 陳陈 劉刘 楊杨 趙赵 黃黄 吳吴 孫孙 馬马 鄭郑 謝谢 韓韩 馮冯 蕭萧 鄧邓 許许 葉叶 蘇苏 呂吕 盧卢 賈贾 範范 餘余
"""

_TABLE = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}


def simplified(text: str) -> str:
    """The text with traditional characters replaced one by one; characters the table does not know stay."""
    return text.translate(_TABLE)
