"""The words that announce a value, by field: the one place where label words are added.

Keys are written as `label_key` leaves them: simplified, no white space, nothing in brackets, no
numbering, no colon. `标段(包)编号：` is looked up as `标段编号`. The words come from the
layouts that the field knows: national portal 2013 to 2026, regional trading centres, tenders.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tenderlight.fields.labels_composed import composed_field
from tenderlight.fields.labels_kinds import KIND_STOPS, KIND_WORDS
from tenderlight.plain import simplify

_WORDS = {
    "buyer": """
        采购人 采购人名称 采购单位 采购单位名称 采购方 采购方名称 采购主体 采购执行方 采购人单位名称
        采购人单位 采购人全称 采购单位全称 采购机关 招标人 招标人名称 招标单位 招标单位名称 招标方
        招标方名称 招标业主 招标人全称 招标采购单位 招标采购人 比选人 询价人 磋商人 竞价人 遴选人
        业主 业主单位 业主名称 业主单位名称 项目业主 项目业主单位 项目业主名称 发包人 发包单位
        发包人名称 发包方 采购人信息名称 询价单位 比选单位 采购人为 购买主体 业主方 采购业主
        采购人或采购单位 采购人采购单位 机关名称 purchaser thepurchaser tenderee thetenderee
        procuringentity procuringdepartment procuringagency procuremententity procurementagency
        employer theemployer contractingauthority nameofpurchaser nameofprocuringentity
        nameofemployer buyer
        |
        建设单位 建设单位名称 项目建设单位 使用单位 需求单位 用户单位 委托单位 委托人 实施单位
        甲方 买方 需方 项目法人 项目法人单位 项目单位 项目单位名称 合同甲方 申购单位 采购使用单位
        采购机构名称 定作方
    """,
    "agency": """
        代理机构 代理机构名称 采购代理机构 采购代理机构名称 采购代理机构全称 招标代理机构
        招标代理机构名称 招标代理 招标代理名称 招标代理单位 招标机构 招标机构名称 代理单位
        代理公司 采购代理 采购代理单位 代理名称 集中采购机构 集中采购机构名称 政府采购代理机构
        招标采购代理机构 代理机构全称 代理单位名称 招标代理公司 招标代理人 采购代理人 代理人名称
        采购代理公司 招标代理单位名称 采购组织机构 采购执行机构 比选代理机构 组织机构名称
        委托代理机构 代理机构信息名称 采购代理机构信息名称 采购机构 代理采购机构
        tenderingagent thetenderingagent tenderingagency biddingagency procurementagent
    """,
    "project_name": """
        项目名称 采购项目名称 项目及标段名称
        招标项目名称 工程名称 工程项目名称 项目工程名称 建设项目名称
        采购计划名称 合同项目名称 比选项目名称 询价项目名称 本项目名称 项目全称 公示项目名称
        采购项目的名称 标项目名称 招标工程名称 磋商项目名称 标案名称 合约名称 projectname
        projecttitle nameofproject nameoftheproject tendertitle tendersubject contracttitle
        titleofcontract titleoftender subjectoftender
        |
        标段名称 标包名称 标项名称 包名称 分包名称 包件名称 采购包名称 承投事项
        |
        工程 项目 采购项目 招标项目 采购名称 招标名称 案名 project subject
        description contractdescription
    """,
    "project_number": """
        项目编号 采购项目编号 招标项目编号 采购编号 招标编号 项目招标编号 项目采购编号 项目号
        采购项目号 招标文件编号 采购文件编号 询价编号 磋商编号 谈判编号 标书编号 比选编号 竞价编号
        磋商文件编号 询价文件编号 谈判文件编号 招标公告编号 工程编号 政府采购项目编号 政府采购编号
        标案案号 标书编号 招标案号 tenderreference
        tenderreferenceno tenderreferencenumber tenderref 判给编号
        tenderrefno tenderno tendernumber bidno bidnumber ifbno icbno rfpno rfqno projectno
        projectnumber procurementno procurementreference
        |
        标段编号 招标项目代码 标段编码 项目编码 招标项目编码 标包编号 交易编号 交易项目编号
        合同项目编号 采购项目编码 采购项目代码 itemno 项目采购编码 biddingno
        |
        采购计划编号 采购计划号 计划编号 备案编号 政府采购计划编号 采购计划文号 投资项目统一代码
        项目统一编号 采购登记号 招标登记号 编号 公告编号 项目代码 进场编号 项目登记号 代理编号
        招标代理编号 contractno contractnumber contractreference referenceno reference
    """,
    "title": """
        公告标题 标题 公告名称 公告题目
    """,
    "notice_type": """
        公告类型 公告类别 信息类型 公告性质 公示类型 信息类别
    """,
    "procedure": """
        采购方式 招标方式 采购类型 项目采购方式 本次采购方式 采购方法 招标类型 采购组织方式
        交易方式 发包方式 采购类别 招标类别 拟采购方式 拟采用的采购方式 tendertype procurementmethod
        tenderingprocedure typeoftender tenderingmethod methodofprocurement
    """,
    "published": """
        公告时间 公告日期 发布时间 发布日期 公告发布时间 公告发布日期 信息时间 信息发布时间
        发稿时间 发布于 发布 公告发布开始时间 发表时间 上传时间 本公告发布时间
        本公告发布日期 本公告日期 合同公告日期 合同公告时间 更正公告发布日期 发布公告时间
        信息日期 录入时间 更正日期 更正公告日期 发文日期
        公告日 公布日期 公布时间 挂网时间 挂网日期 刊登日期
        published publicationdate publishdate dateofpublication dateofissue issuedate
        dateofnotice noticedate publicationtime publishedon issuedon datepublished
        |
        公示时间 公示日期 公示发布时间 更新时间 公示开始时间 公告开始时间 公示起始时间 日期
        公开时间 公开日期 公告发布起始时间 公示开始日期 date
    """,
    "opening": """
        开标时间 投标截止时间 开标日期 响应文件开启时间 提交投标文件截止时间 投标文件递交截止时间
        递交投标文件截止时间 投标文件提交截止时间 开标日期及时间 递交响应文件截止时间
        响应文件递交截止时间 提交响应文件截止时间 开启时间 响应文件提交截止时间 投标截止日期
        投标截止及开标时间 投标截止时间和开标时间 投标截止时间及开标时间 投标截止时间及开标日期
        开标时间及投标文件递交截止时间 提交投标文件截止时间和开标时间 投标截止时间与开标时间
        开评标时间 开标开始时间 递交截止时间 截标时间 谈判时间 磋商时间 询价时间 报价截止时间
        递交投标文件的截止时间 投标文件递交的截止时间 提交投标文件的截止时间 投标文件开启时间
        首次响应文件提交截止时间 首次响应文件开启时间 文件开启时间 提交首次响应文件截止时间
        提交首次响应文件截止日期 响应截止时间 提交投标文件截止时间开标时间 投标时间 投标开标时间
        开标时间和地点 开标时间及地点 投标文件递交截止时间及开标时间
        投标文件提交截止时间及开标时间 开启日期 竞价截止时间 谈判截止时间 磋商截止时间
        询价截止时间 比选截止时间 标书递交截止 递交文件截止时间 响应文件开启日期
        首次响应文件递交截止时间 投标文件截止时间 磋商开始时间 谈判开始时间 响应文件截止时间
        资格预审申请文件递交截止时间 申请文件递交截止时间 提交资格预审申请文件截止时间
        提交响应文件截止时间和开启时间 提交资格预审申请文件截止 标书开启时间
        递交响应文件的截止时间 截标日期 截止投标 tenderclosingdate tenderclosingdateandtime
        closingdateandtime bidopening bidopeningdate bidopeningtime dateofbidopening tenderopening
        tenderopeningdate bidsubmissiondeadline deadlineforsubmissionofbids tenderdeadline
        deadlineforbidsubmission bidclosingdate tenderclosingtime bidopeningdateandtime
        |
        closingdate closingtime deadline submissiondeadline
        截止时间 截止日期 投标开始时间 评标时间和地点 开标 投标截止 报名截止
    """,
    "budget": """
        预算金额 采购预算 项目预算 预算 预算价 采购预算金额 项目预算金额 预算总额 预算总金额
        总预算 总预算金额 采购项目预算 采购项目预算金额 投资估算 估算价 标段合同估算价 合同估算价
        估算金额 采购金额 计划金额 预算资金 资金预算 招标预算 财政预算 项目总预算 本项目预算
        本项目预算金额 预计金额 批准预算 预算控制额度 项目预算价 预算限额 采购预算价 拟采购预算
        采购总预算 包预算 预算控制金额 预算单价 工程概算 项目概算 估算投资 标段估算价 招标估算价
        estimatedcontractvalue estimatedvalue estimatedcost budget estimatedbudget
    """,
    "ceiling": """
        最高限价 招标控制价 控制价 最高投标限价 投标限价 采购限价 拦标价 限价 最高限制价
        投标最高限价 项目最高限价 最高控制价 采购控制价 预算控制价 招标限价 投标控制价 最高限额
        最高报价 最高响应限价 本项目最高限价 包最高限价 最高总限价 上限价 投标报价上限
        最高采购限价 采购最高限价 招标最高限价 单价限价 控制总价 最高总价 采购控制总价
    """,
    "supplier": """
        中标供应商 成交供应商 中标人 成交人 中标单位 成交单位 供应商名称 中标商 中标供应商名称
        成交供应商名称 中标人名称 成交人名称 中标单位名称 成交单位名称 第一中标候选人
        第二中标候选人 第三中标候选人 中标候选人 中标候选人名称 候选人名称 成交候选人
        第一成交候选人 第二成交候选人 第三成交候选人 供应商 投标人名称 中选人 中选单位 中选供应商
        入围供应商 拟中标人 拟中标单位 拟中标供应商 拟成交供应商 预中标人 预中标单位 预中标供应商
        预成交供应商 投标人 投标单位 中标候选单位 投标单位名称 投标供应商 投标供应商名称 供货商
        供货单位 承包人 中标机构 中标企业 中标公司 中标商名称 成交商 乙方 卖方 供方 合同乙方
        供应商全称 中标方 成交方 中标候选人单位名称 中标供应商单位名称 承包单位 中选人名称
        单位名称 企业名称 公司名称 中标供应商全称 中标人信息 首选中标人 第一名 第二名 第三名
        推荐中标人 推荐成交供应商 成交供应商全称 承包方 中标结果 中标成交供应商 中标成交供应商名称
        中标或成交供应商 中标或成交供应商名称 响应供应商 候选单位 得标厂商 得标厂商名称 得标商
        决标厂商 承办商 承判商 获判给者 获判给公司
    """,
    "price": """
        中标金额 成交金额 中标价 成交价 总中标金额 总成交金额 投标报价 合同金额 中标总金额
        成交总金额 中标价格 成交价格 报价 投标价 投标总报价 最终报价 中标候选人报价 评审价格
        中标报价 成交报价 合同总价 合同价 合同价款 合同总金额 预中标金额 预成交金额 拟中标金额
        中标总价 成交总价 最后报价 中标成交金额 投标总价 投标金额 响应报价 磋商报价 谈判报价
        总报价 总价 中选价 中选金额 中标结果金额 投标价格 评标价 评审报价 拟中标价 预中标价
        合同总额 签约合同价 合同价格 首次报价 中标候选人投标报价 投标报价金额 总中标成交金额
        中标合同金额 决标金额 总决标金额 合约金额 合约总值 合约价 合约价值 判给金额
    """,
    "lot": """
        包号 标段 标包 标项 分包号 分包 标段号 包组 包组号 包件 包件号 采购包 采购包号 标段包号
        标项号 包 合同包 合同包号 品目号 包别 分标 分标号 标的 标号 标包号 标段序号 子包 包名
        所投标段 标段包组
    """,
    "rank": """
        排名 名次 排序 候选人排序 中标候选人排名 推荐顺序 推荐排名 位次 序次
    """,
    "ordinal": """
        序号 编号序号 序列 行号 no 项次 项号
    """,
    "item_name": """
        名称 货物名称 标的名称 产品名称 设备名称 物资名称 服务名称 品目名称 品名 采购标的 采购内容
        主要标的 标的物名称 采购品目 物品名称 商品名称 采购标的名称 主要标的名称 采购物品
        货物或服务名称 设备 货物 采购品目名称 项目内容 材料名称 主要中标标的 主要成交标的 系统名称
        器材名称 内容 建设内容 分项名称 设备清单
    """,
    "brand": """
        品牌 厂家品牌 品牌商标 商标 厂牌 品牌厂家 制造商 生产厂家 品牌名称
    """,
    "model": """
        规格型号 型号 规格 型号规格 规格要求 货物型号 技术规格 规格参数 规格及型号 型号和规格
        规格及技术参数 品牌型号 品牌规格型号 参数 技术参数 主要技术参数 品牌及型号 品牌规格
        简要规格描述 简要技术规格 规格型号及参数 规格和型号
    """,
    "quantity": """
        数量 采购数量 数量单位 采购量 数目 主要数量 货物数量 计划数量 标的数量 数量与单位
        数量及单位 服务数量 设备数量
    """,
    "unit": """
        单位 计量单位 采购单位单位 计价单位
    """,
    "unit_price": """
        单价 货物单价 单价限价 最高限价单价 中标单价 成交单价 预算单价 投标单价 标的单价 综合单价
        含税单价 单项报价 控制单价 优惠率 采购单价 服务单价
    """,
}
"""Label words by field, the surest first; a bar stands before words that only count where no
word ahead of it is found: who builds is the buyer only if nothing says who buys."""

_STOPS = """
    地址 联系人 联系方式 联系电话 电话 传真 邮编 邮政编码 电子邮箱 邮箱 地点 时间 售价 方式 备注
    联系地址 项目联系人 项目联系电话 项目联系方式 采购单位地址 采购人地址 采购单位联系方式
    采购单位联系人 采购人联系方式 招标人地址 采购人联系人 代理机构地址 代理机构联系人
    代理机构联系方式 代理机构联系电话 开户行 开标地点 投标地点 递交地点 评标时间 评审时间 评审日期
    评标日期 定标日期 成交日期 中标日期 合同签订日期 合同签署时间 合同签订时间 首次公告日期
    公告期限 获取时间 招标文件获取时间 资格要求 供应商资格要求 投标人资格要求 投标人的资格要求
    申请人的资格要求 申请人资格要求 供应商资格条件 资质要求 履约期限 工期 服务期 服务期限 交货期
    合同履行期限 合同期限 计划工期 质量要求 质量目标 项目负责人 项目经理 建设地点 建设规模
    工程地点 资金来源 投诉电话 监督电话 监督部门 采购需求 采购内容及技术要求 项目概况 招标范围
    招标内容 中标范围和内容 评标办法 评审专家 评委名单 评标委员会成员名单 代理服务收费标准
    代理服务费 网址 行政区域 招标文件售价 文件售价 招标文件获取方式 获取招标文件 中标供应商地址
    成交供应商地址 供应商地址 统一社会信用代码 法定代表人 经办人 办公电话 移动电话 附件 公告内容
    技术支持 浏览次数 信息来源 来源 作者 点击数 访问次数 更正事项 更正内容 标段名称及编号 最终得分
    得分 评分 总得分 评审得分 质疑电话 账号 开户银行 品目 产地 商务要求 技术要求 获取文件时间
    报名时间 招标公告日期 采购公告日期 招标公告发布日期 招标公告发布时间 采购公告发布时间 所属行业
    所属地区 地区 所在地区 公告截止时间 公示截止时间 公示结束时间 公示期 公示期限 公告发布截止时间
    区域 资格能力条件 业绩 投标人业绩 质量 证书编号 证书名称 安全员 技术负责人
    招标文件获取截止时间 获取截止时间 开标方式 项目类型 公告媒体 发布媒体 项目地点
    采购公告发布日期 原公告日期 原公告时间 原公告发布时间 原公告发布日期 首次公告时间
    首次公告发布日期 首次公告发布时间 开工日期 竣工日期 交工日期 姓名 职务 职称 合同编号 合同日期
    采购人信息 采购代理机构信息 开标记录 递交时间 文件编号 投标有效期 单位全衔 机关代码 机关地址
    决标日期 批出日期 判给日期 标的分类 采购金额级距 address contact tel telephone fax email
    contractperiod deliveryperiod
"""
STOPS = (*_STOPS.split(), *KIND_STOPS)
"""Labels that no field reads; they end the value before them."""

FIELD_OF: dict[str, str] = {}
RANK: dict[str, int] = {}
"""How many bars stand before a word."""
for _field, _words in (_WORDS | KIND_WORDS).items():
    for _rank, _group in enumerate(_words.split("|")):
        for _word in _group.split():
            if FIELD_OF.setdefault(_word, _field) == _field:
                RANK.setdefault(_word, _rank)
for _word in STOPS:
    FIELD_OF.setdefault(_word, "")
_LONGEST_KEPT = 48
LONGEST = max(map(len, FIELD_OF))

NUMBERING = re.compile(
    r"[\s*★●▲◆■·\-【\[]*"
    r"(?:[(（]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]\s*[、.．]?|"
    r"第?[一二三四五六七八九十]{1,3}\s*[、.．]|"
    r"\d{1,2}(?:[.．]\d{1,2}){0,3}\s*[、.．)）]?(?!\d|\s*[年月日:：%％元万/]))?\s*"
)
"""Numbering before a label: `一、`, `（二）`, `3.1`, `4、`; a year or an amount is none."""

_BRACKETS = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]{0,20}[)）\]】〕]")
_NOT_KEY = re.compile(r"[\s:：*★●▲◆■·_\"“”'‘’]+")
_TWO_LANGUAGES = re.compile(
    r"[a-z][a-z .,'/&-]{2,90}[(（]([\u4e00-\u9fff/、和及]{3,24})[)）]\s*:?$"
)
"""`bid opening time(开标时间)`: the words in brackets are the label."""
_FOREIGN = re.compile(r"[/／]\s*[a-z .']+$")
_PREFIX = re.compile(
    r"^(?:原公告的?|原招标公告的?|首次公告的?|更正后的?|变更后的?|本项目的?|本次的?|本采购|该项目的?|"
    r"本招标|现将|政府采购|政采)(?=.{2})"
)


def label_key(label: str) -> str:
    """The comparable form of a label, under which `FIELD_OF` knows it.

    >>> label_key("3、中標(成交)金額（元）：")
    '中标金额'
    """
    return plain_key(simplify(label))


def plain_key(label: str) -> str:
    """`label_key` for text that is simplified already (see `Layout.plain`)."""
    return _short_key(label) if len(label) <= _LONGEST_KEPT else _key(label)


@lru_cache(maxsize=4096)
def _short_key(label: str) -> str:
    """Kept because the same few hundred labels stand in every notice."""
    return _key(label)


def _key(label: str) -> str:
    key = label[match.end() :] if (match := NUMBERING.match(label)) else label
    if key[:1].isascii() and (both := _TWO_LANGUAGES.match(key)):
        key = both[1]
    bare = _NOT_KEY.sub("", _FOREIGN.sub("", _BRACKETS.sub("", key))).lstrip("(（")
    return bare.removesuffix(".") if bare.isascii() else bare


def field_of(key: str) -> str | None:
    """The field that a key announces, `""` for a label that no field reads, None if unknown.

    >>> field_of("原公告的项目编号"), field_of("联系电话"), field_of("天气")
    ('project_number', '', None)
    """
    known = FIELD_OF.get(key)
    if known is None and (match := _PREFIX.match(key)):
        known = FIELD_OF.get(key[match.end() :])
    if known is None and "/" in key:
        return field_of(key.partition("/")[0])
    return composed_field(key) if known is None else known
