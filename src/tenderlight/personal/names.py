"""What a name looks like in a Chinese notice: `王小明`, `欧阳某某`, `李工`, `艾力·吐尔逊`."""

from __future__ import annotations

import re

HAN = "\u4e00-\u9fff"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蔡蒋余于杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃"
    "武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯"
    "纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简"
    "车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲"
    "虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚"
    "花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘"
)
"""The most frequent surnames: together more than 98 in 100 people."""
DOUBLE = (
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|夏侯|令狐|长孙|宇文|南宫|端木|呼延|淳于|东郭"
)
TITLE = (
    "先生|女士|小姐|老师|主任|科长|处长|经理|工程师|警官|同志|院长|校长|书记|部长|队长|所长|局长|股长|"
    "主管|总监|部长|站长|科员|会计|医生|教授|干事|助理|组长|总|工"
)
SURNAME = f"(?:{DOUBLE}|[{SURNAMES}])"
TITLED = re.compile(f"{SURNAME}[{HAN}]{{0,2}}?(?:{TITLE})(?:[(（][^)）\n]{{0,6}}[)）])?")
STRICT = re.compile(f"(?:(?:{DOUBLE})[{HAN}]{{1,2}}|[{SURNAMES}][{HAN}]{{1,2}})")
DOTTED = re.compile(f"[{HAN}]{{1,8}}(?:[·•・‧][{HAN}]{{1,8}}){{1,3}}")
SPACED = re.compile(
    rf"[{SURNAMES}]\s{{1,6}}(?:女\s{{0,4}}士|先\s{{0,4}}生|老\s{{0,4}}师|小\s{{0,4}}姐|[{HAN}]{{1,2}}(?![{HAN}]))"
)
SYLLABLES = (
    "阿马买艾吐努古热玛依库麦木萨卡哈帕迪伊斯米肉孜图尔提江沙巴扎西次旺索南仁卓央拉姆达格桑尼旦增措洛嘎贡布多吉德"
    "白不都合地里乃丽娜汗比莱赛克塔吾甫坚才让确诺加本先巴旺堆琼珠日那顺其木乌云苏和"
)
TRANSCRIBED = re.compile(f"[{SYLLABLES}]{{3,9}}")
"""Uyghur, Kazakh, Tibetan and Mongolian names without a dot: 阿不都热依木, 扎西次仁, 其其格."""
NOT_A_NAME = re.compile(
    "中心|公司|集团|政府|采购|招标|代理|部门|办公|方式|电话|地址|名称|联系|信息|"
    "详见|同上|如下|另行|待定|证书|工程|资格|职称|职务|姓名|手机|传真|编号|日期|"
    "金额|数量|规格|型号|合格|其他|有限|大学|医院|学校|银行|监督|监理|管理|设计|"
    "质量|技术|材料|中级|初级|助理|一级|二级|注册|专业|中标|投标|供应|评审|评标|"
    "专家|公示|公告|公章|服务|设备|系统|必须|本项|本次|负责|签字|盖章|授权|身份|"
    "电子|邮箱|网址|说明|备注|序号|业绩|荣誉|代码|账号|帐号|开户|合同|合计|小计|"
    "总计|代表|不得|收到|去掉|汇总|购买|兼任|名单|或其|未按|独立|自动|快速|数据|"
    "委托|以及|进行|提供|提交|签订|具有|具备|不少|组成|抽取|出席|参加|要求|情况|"
    "得分|评分|汇报|大道|大街|学历|年龄|民族|籍贯|住址|户籍|类别|学位|毕业|签名|"
    "签章|事由|排名|名次|工期|报价|等级|标段|证号|价格|总分|排序|第[一二三四五]|"
    "小时|规定|附件|结果|更正|变更|更换|单位|项目|平台|时间|施工|安全|成交|成员|计划|标准"
    "|^(?:"
    "高级|文件|应当|应具|须具|国家|全国|全部|相关|路线|方案|方法|万元|程序|平均|"
    "包括|包号|强制|申请|应急|应用|能力|水利|水电|金属|华为|明细|温度|高度|宁夏|"
    "江苏|江西|安徽|云南|安装|成本|成立|计算|计价|高清|平方|平米|单价|单项|路灯|"
    "车辆|毛重|白色|黄色|蓝色|包装|解释|和平|国内|相机|来源|来自|原则|原件|明确|"
    "通过|支付|商务|全称|和其|公安|须有|任命|工作|文本|费用|费率|查询|查看|全面|"
    "全程|常规|时限|史料|石材|元整|都是|任何|应按|应提|应在|应为|应有|应满|方可"
    ")"
)
"""Words that look like names; the last ones only where they begin a word: 李和平 is a name."""
ENDING = re.compile(
    "[省市县区局厅处院所部室科司校厂店馆股办站组镇乡]$|[员师证号级率额价款项类章条]$"
)
LIST_WORDS = re.compile(r"[无略见同/暂待]")


def is_name(word: str) -> bool:
    """Whether a word by itself is surely a name: a frequent surname and one or two characters.

    >>> is_name("王小明"), is_name("欧阳某某"), is_name("金额"), is_name("江苏省"), is_name("采购")
    (True, True, False, False, False)
    """
    return bool(STRICT.fullmatch(word)) and not NOT_A_NAME.search(word) and not ENDING.search(word)


def is_titled(word: str) -> bool:
    """Whether a word is a surname with a form of address.

    >>> is_titled("李工"), is_titled("欧阳女士"), is_titled("项目经理")
    (True, True, False)
    """
    return bool(TITLED.fullmatch(word)) and not word.startswith(("项目", "项总"))


def is_dotted(word: str) -> bool:
    """Whether a word is a name with a dot, as Uyghurs, Kazakhs and others write it.

    >>> is_dotted("艾力·吐尔逊"), is_dotted("注册监理工程师·公路工程")
    (True, False)
    """
    return bool(DOTTED.fullmatch(word)) and not NOT_A_NAME.search(word)


def is_name_after_label(word: str) -> bool:
    """Whether a word that stands after 联系人 is a name: rarer surnames and other nations' too.

    >>> is_name_after_label("买买提"), is_name_after_label("采购中心"), is_name_after_label("李工")
    (True, False, True)
    """
    if is_titled(word) or is_dotted(word) or TRANSCRIBED.fullmatch(word):
        return True
    if not 2 <= len(word) <= 4 or LIST_WORDS.search(word):
        return False
    return not NOT_A_NAME.search(word) and not ENDING.search(word)
