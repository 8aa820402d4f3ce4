"""Chinese surnames: how those are read whose character has other readings, and which have two characters."""

from __future__ import annotations

from collections.abc import Mapping

_READINGS = """
仇qiu 单shan 解xie 曾zeng 查zha 区ou 朴piao 翟zhai 覃qin 盖ge 任ren 华hua 那na 冼xian 洗xian 缪miao 种chong 员yun 乐yue
召shao 卜bu 秘bi 折she 黑he 繁po 逄pang 哈ha 撒sa 尉wei 宓mi 祭zhai 燕yan 车che 晁chao 郗xi 郇xun 句gou 过guo 能nai
宁ning 纪ji 葛ge 贾jia 褚chu 俞yu 余yu 於yu 于yu 柏bai 薄bo 鲜xian 隗wei 佘she 厍she 莘shen 訾zi 乜nie 阚kan 亓qi
谌chen 藏zang 瞿qu 沈shen 石shi 谷gu 都du 朝chao 盛sheng 殷yin 应ying 相xiang 肖xiao 幺yao 万wan 强qiang 宿su 隋sui
牟mu 毋wu 冯feng 晏yan 眭sui 叶ye 要yao 曲qu 费fei 贲ben 呙guo 炅gui 和he 暨ji 逯lu 佴nai 裴pei 邳pi 全quan 夏xia
娄lou 俱ju 咎jiu 昝zan 库she 适kuo 钭tou 郏jia 郄qie 景jing 洗xian 阙que 术zhu 幸xing 仉zhang 丼jing 尹yin 干gan
"""

_COMPOUND_READINGS = """
欧阳ou,yang 尉迟yu,chi 万俟mo,qi 长孙zhang,sun 单于chan,yu 澹台tan,tai 令狐ling,hu 鲜于xian,yu 宇文yu,wen 乐正yue,zheng
诸葛zhu,ge 司马si,ma 司徒si,tu 司空si,kong 上官shang,guan 夏侯xia,hou 东方dong,fang 皇甫huang,fu 公孙gong,sun
公冶gong,ye 公羊gong,yang 公良gong,liang 慕容mu,rong 轩辕xuan,yuan 闻人wen,ren 钟离zhong,li 申屠shen,tu 太叔tai,shu
淳于chun,yu 赫连he,lian 濮阳pu,yang 呼延hu,yan 端木duan,mu 百里bai,li 南宫nan,gong 东郭dong,guo 南门nan,men
西门xi,men 独孤du,gu 拓跋tuo,ba 宗政zong,zheng 亓官qi,guan 左丘zuo,qiu 梁丘liang,qiu 谷梁gu,liang 漆雕qi,diao
巫马wu,ma 颛孙zhuan,sun 仲孙zhong,sun 子车zi,ju 第五di,wu 纳兰na,lan 完颜wan,yan 耶律ye,lv 哥舒ge,shu 叶赫ye,he
"""

#: Surname of one character → how it is read as a surname.
READINGS: Mapping[str, str] = {entry[0]: entry[1:] for entry in _READINGS.split()}

#: Surname of two characters → how both are read.
COMPOUND: Mapping[str, tuple[str, ...]] = {
    entry[:2]: tuple(entry[2:].split(",")) for entry in _COMPOUND_READINGS.split()
}


def is_compound(name: str) -> bool:
    """Whether a Chinese name starts with a surname of two characters. 欧阳 alone is Mr Ou."""
    return len(name) > 2 and name[:2] in COMPOUND
