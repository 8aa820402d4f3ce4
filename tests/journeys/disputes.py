"""Eleven disputes of the district, each from the first visit to its dossier: what is said, agreed, performed, and how it ends.

People, companies and sums are invented. Days are counted from the day of the application.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Deal:
    """What the parties agree on. parts: days from today → yuan, or what is to be done. paid: days until each part was.

    The respondent performs for the applicant, unless turned is set.
    """

    terms: tuple[str, ...]
    disputes: str
    amount: str = ""
    parts: tuple[tuple[int, str], ...] = ()
    paid: tuple[int, ...] = ()
    way: str = ""
    deadline: str = ""
    at_once: bool = False
    oral: bool = False
    turned: bool = False
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """A dispute. visit: what the clerk fills in at reception. kind: its official type.

    mode, link: how they meet. deal: None where there is no agreement; then `ground` says why it ends.
    satisfied: code of the follow-up, "" for none. confirm: the court's document number, "" for none.
    dossier: words every reader of the whole dossier finds in it.
    """

    name: str
    visit: Mapping[str, str]
    kind: str
    claims: tuple[str, ...]
    statements: str
    outcome: str
    origin: str = "application"
    elder: str = ""
    chosen_by: str = "parties"
    mode: str = "site"
    link: str = ""
    deal: Deal | None = None
    ground: str = ""
    satisfied: str = "satisfied"
    confirm: str = ""
    difficulty: str = "general"
    representatives: Mapping[str, str] = field(default_factory=dict)
    dossier: tuple[str, ...] = ()


def _visit(name: str, phone: str, opponent: str, narrative: str, **more: str) -> dict[str, str]:
    return {"name": name, "phone": phone, **more, "opponent": opponent, "narrative": narrative}


STORIES: tuple[Story, ...] = (
    Story(
        name="house_site",
        visit=_visit(
            "王建国", "13800138000", "李德顺", "东邻翻建北房，滴水檐伸到我家宅基地院内，村里调解过两次没有结果，请求调解。",
            township="冉庄镇", village="冉庄村",
        ),
        kind="房屋宅基地纠纷",
        claims=("拆除伸入院内的滴水檐", "以后翻建先打招呼"),
        statements="王建国称滴水檐伸入院内约三十厘米；李德顺称施工时没有留意，愿意改。村干部到现场量过，两家都认可。",
        outcome="李德顺把滴水檐改向自家一侧，两家以原墙中线为界使用。",
        deal=Deal(
            terms=(
                "李德顺于2024年10月10日前将北房滴水檐改向自家一侧，费用自理。",
                "双方以原院墙中线为界各自使用；本条不改变登记机关登记的权属。",
                "本协议履行完毕后，双方就本次纠纷再无其他争议。",
            ),
            disputes="滴水檐朝向和两家使用的界线。",
            parts=((20, "改好滴水檐"),),
            paid=(18,),
            way="李德顺自行施工，村委会到场见证。",
            deadline="2024年10月10日前",
            topics=("boundary",),
        ),
        dossier=("拆除伸入院内的滴水檐", "以原院墙中线为界", "王建国", "李德顺", "2024年10月10日前"),
    ),
    Story(
        name="neighbours",
        visit=_visit(
            "周样例", "13800000011", "吴样例", "邻居家排水流到我家门口，冬天结冰，几次争吵，请求调解。", township="望亭镇"
        ),
        kind="邻里纠纷",
        claims=("改造排水",),
        statements="两家都同意改造排水，吴样例当场把排水管转了方向。",
        outcome="排水改向村道边沟，当场改好。",
        deal=Deal(
            terms=("吴样例将排水改向村道边沟，已当场改好。", "两家互相赔礼，今后有事先商量。"),
            disputes="门前排水的方向。",
            oral=True,
            at_once=True,
        ),
        difficulty="simple",
        dossier=("口头协议", "排水改向村道边沟"),
    ),
    Story(
        name="wages",
        visit=_visit(
            "张样例", "13800000012", "样例建筑有限公司",
            "2023年3月至8月在工地务工，工资合计3.6万元一直拖欠，请求支付。", opponent_kind="企业/组织",
        ),
        kind="拖欠农民工工资纠纷",
        claims=("支付拖欠的工资三万六千元",),
        statements="公司承认拖欠工资三万六千元，因工程款没有结算暂时无力一次付清，愿意分三期支付。",
        outcome="公司分三期付清三万六千元。",
        deal=Deal(
            terms=(
                "样例建筑有限公司确认拖欠张样例劳动报酬36,000元，以货币形式分三期支付给本人。",
                "有一期未按约定支付的，张样例可以要求立即付清全部余款。",
            ),
            disputes="付款的时间。",
            amount="36000",
            parts=((11, "12000"), (41, "12000"), (72, "12000")),
            paid=(11, 45, 72),
            way="银行转账",
            topics=("instalments",),
        ),
        confirm="（2024）冀0608民特18号",
        difficulty="complex",
        representatives={"样例建筑有限公司": "陈样例"},
        dossier=("36,000元", "叁万陆仟元整", "12,000元", "陈样例", "（2024）冀0608民特18号"),
    ),
    Story(
        name="land",
        visit=_visit(
            "马样例", "13800000013", "牛样例", "承包地被邻组农户多种了两垄，确权证上有面积，要求退回耕种。", township="冉庄镇"
        ),
        kind="山林土地纠纷",
        claims=("退回多种的两垄地",),
        statements="对照承包经营权证上的四至，牛样例承认多种了两垄，玉米收了就退。",
        outcome="玉米收获后退回两垄。",
        deal=Deal(
            terms=("牛样例于本季玉米收获后、2024年10月15日前将多种的两垄地交还马样例耕种。",),
            disputes="两垄地由谁耕种。",
            parts=((25, "交还两垄地"),),
            paid=(24,),
            way="双方到地头指界",
            deadline="2024年10月15日前",
            topics=("act",),
        ),
        dossier=("两垄地", "2024年10月15日前"),
    ),
    Story(
        name="support",
        visit=_visit(
            "郑样例", "13800000014", "郑大样例", "三个子女对赡养费和看护分摊谈不拢，老人身体不好，请求调解。", crowd="老年人"
        ),
        kind="婚姻家庭纠纷",
        claims=("每月给付赡养费", "生病时轮流照料"),
        statements="郑样例年过七旬，每月开销约一千五百元；子女愿意按月给付，住院费用平摊。",
        outcome="长子每月给付五百元，先付半年。",
        origin="initiative",
        chosen_by="assigned",
        deal=Deal(
            terms=("郑大样例自2024年10月起每月给付郑样例赡养费500元，先付半年共3,000元。", "住院费用由子女平摊，轮流照料。"),
            disputes="赡养费的数额和照料的安排。",
            amount="3000",
            parts=((10, "3000"),),
            paid=(10,),
            way="现金交付，由郑样例出具收条",
            topics=("support",),
        ),
        dossier=("赡养费", "叁仟元整", "主动调解"),
    ),
    Story(
        name="traffic",
        visit=_visit(
            "冯样例", "13800000015", "褚样例", "骑电动车被小轿车碰伤，交警定了对方主责，赔偿数额谈不拢，请求调解。"
        ),
        kind="道路交通事故纠纷",
        claims=("赔偿医疗费、误工费八千元",),
        statements="双方对责任认定没有争议；保险公司已经赔付一部分，余下的由褚样例赔偿。",
        outcome="褚样例一次付清八千元。",
        origin="police",
        deal=Deal(
            terms=("褚样例赔偿冯样例医疗费、误工费等各项损失共8,000元（不含保险公司已经赔付的部分）。",),
            disputes="保险以外的赔偿数额。",
            amount="8000",
            parts=((0, "8000"),),
            paid=(0,),
            way="当场转账",
            topics=("payment",),
        ),
        satisfied="fairly",
        dossier=("公安机关委托移送", "8,000元", "捌仟元整"),
    ),
    Story(
        name="tourism",
        visit=_visit(
            "卫样例", "13800000016", "样例旅行社", "在冉庄地道战纪念馆参观，旅行社临时加收讲解费，要求退费。",
            address="天津市样例路 8 号", opponent_kind="企业/组织",
        ),
        kind="旅游纠纷",
        claims=("退还讲解费二百六十元",),
        statements="卫样例已经回到天津，通过视频参加；旅行社承认没有事先说明，同意退费。",
        outcome="旅行社当场原路退回二百六十元。",
        mode="video",
        link="会议号 630-1949-001，冉庄景区游客中心设分会场",
        deal=Deal(
            terms=("样例旅行社原路退还卫样例讲解费260元，已当场退回。", "旅行社就没有事先说明一事当面道歉。"),
            disputes="讲解费应否退还。",
            oral=True,
            at_once=True,
        ),
        representatives={"样例旅行社": "沈样例"},
        dossier=("远程", "260元", "卫样例"),
    ),
    Story(
        name="medical",
        visit=_visit(
            "蒋样例", "13800000017", "样例医院", "家人手术后感染，认为医院护理不到位，双方对赔偿谈不拢，申请调解。",
            opponent_kind="企业/组织",
        ),
        kind="医疗纠纷",
        claims=("赔偿一万八千元",),
        statements="双方查看病历，医院承认换药不及时；蒋样例知道可以申请医疗损害鉴定，愿意协商解决。",
        outcome="医院赔偿一万五千元，分两期。",
        deal=Deal(
            terms=("样例医院赔偿蒋样例15,000元，分两期付清。", "双方知悉可以申请医疗损害鉴定，自愿不再申请的意愿可以随时改变。"),
            disputes="护理是否及时、赔偿数额。",
            amount="15000",
            parts=((5, "5000"), (35, "10000")),
            paid=(5, 33),
            way="银行转账",
            topics=("payment",),
        ),
        difficulty="complex",
        representatives={"样例医院": "韩样例"},
        dossier=("15,000元", "壹万伍仟元整", "医疗损害鉴定"),
    ),
    Story(
        name="property",
        visit=_visit(
            "杨样例", "13800000018", "样例物业公司", "小区电梯经常坏，物业不修还催缴物业费，请求调解。", opponent_kind="企业/组织"
        ),
        kind="物业纠纷",
        claims=("修好电梯", "减免停梯期间的物业费"),
        statements="物业承认电梯停运二十天，同意修好并减免当月物业费；杨样例同意补交其余的费用。",
        outcome="物业修好电梯，杨样例补交六百元。",
        chosen_by="assigned",
        deal=Deal(
            terms=("样例物业公司于2024年9月30日前修好电梯，减免停运当月的物业费。", "杨样例于电梯修好后付清所欠物业费600元。"),
            disputes="停梯期间的物业费。",
            amount="600",
            parts=((12, "600"),),
            paid=(12,),
            way="到物业前台交付",
            turned=True,
            topics=("act", "payment"),
        ),
        representatives={"样例物业公司": "朱样例"},
        dossier=("修好电梯", "600元"),
    ),
    Story(
        name="contract_fails",
        visit=_visit("秦样例", "13800000019", "尤样例", "买卖农机的合同，对方收了定金不交货，要求继续履行或者双倍返还定金。"),
        kind="合同纠纷",
        claims=("双倍返还定金四千元",),
        statements="双方都承认收过定金二千元；尤样例称厂家涨价，只愿退原数，秦样例不同意。",
        outcome="对是否双倍返还分歧很大，没有达成一致。",
        ground="no_agreement",
        satisfied="",
        dossier=("终止调解通知书", "无法达成协议", "向人民法院起诉"),
    ),
    Story(
        name="refused",
        visit=_visit("许样例", "13800000020", "何样例", "摊位挨着，对方占了我的地方卖货，争吵多次，请求调解。"),
        kind="其他纠纷",
        claims=("退出占用的摊位",),
        statements="",
        outcome="",
        ground="refused",
        satisfied="",
        dossier=("拒绝调解", "第十七条"),
    ),
)  # fmt: skip
