"""Words of the made-up corpus: things that are bought, what they are, what is said beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something that is bought: its name in a title, and what a careful reader says that it is."""

    name: str
    needs: str
    is_: frozenset[str] = frozenset()
    """Technologies; of none where it watches nobody."""
    goods: tuple[str, str] = ("", "")
    """A row of goods that is its technology (the first by itself), and its unit."""
    targets: frozenset[str] = frozenset()
    """Groups that its own words name."""
    sites: frozenset[str] = frozenset()
    weight: int = 3

    @property
    def watches(self) -> bool:
        """Whether it is a means to watch people."""
        return bool(self.is_)


def _thing(
    name: str, needs: str, technologies: str, goods: str = "", unit: str = "台", **more: str
) -> Thing:
    return Thing(
        name=name,
        needs=needs,
        is_=frozenset(technologies.split()),
        goods=(goods, unit),
        targets=frozenset(more.get("targets", "").split()),
        sites=frozenset(more.get("sites", "").split()),
    )


SAFE_CITY = "平安城市"
THINGS = (
    _thing("人脸识别系统", "建设人脸识别系统一套", "facial-recognition", "人脸识别服务器"),
    _thing(f"{SAFE_CITY}视频监控", "建设治安视频监控系统一套", "video-surveillance", "监控摄像机"),
    _thing("雪亮工程视频监控", "续建雪亮工程视频监控", "sharp-eyes video-surveillance"),
    _thing("天网工程视频监控", "补建天网工程视频监控", "skynet video-surveillance"),
    _thing("DNA数据库", "建设公安DNA数据库", "dna"),
    _thing("Y-STR数据库", "建设公安Y-STR数据库", "dna y-dna"),
    _thing("虹膜采集设备", "采购虹膜采集设备", "iris", "虹膜采集仪"),
    _thing("声纹采集设备", "采购声纹采集设备", "voiceprint", "声纹采集仪"),
    _thing("指纹采集设备", "采购指纹采集设备", "fingerprint", "指纹采集仪"),
    _thing("WiFi探针", "采购WiFi探针", "wifi-sniffer", "WiFi探针"),
    _thing("移动侦码设备", "采购移动侦码设备", "imsi-catcher", "侦码设备"),
    _thing("手机取证设备", "采购手机取证设备", "phone-forensics", "手机取证设备"),
    _thing("警用地理信息平台", "建设警用地理信息平台（PGIS）", "pgis"),
    _thing("警务云平台", "建设警务云平台", "police-big-data"),
    _thing("重点人员管控平台", "建设重点人员管控平台", "key-persons", targets="key-person"),
    _thing("网络舆情监测服务", "采购网络舆情监测服务", "opinion-monitoring"),
    _thing("智慧安防小区", "建设智慧安防小区", "smart-community", sites="residential"),
    _thing("执法记录仪", "采购执法记录仪", "body-camera", "执法记录仪"),
    _thing("警用无人机", "采购警用无人机", "drone", "警用无人机", unit="架"),
    _thing(
        "电子警察系统", "建设电子警察系统", "vehicle-recognition", "电子警察抓拍单元", unit="套"
    ),
    _thing("一人一档系统", "建设人员一人一档系统", "person-archive"),
    _thing("步态识别系统", "建设步态识别系统", "gait-recognition"),
    _thing("视频结构化分析平台", "建设视频结构化分析平台", "video-analysis"),
    _thing("拾音器", "采购拾音器", "audio-capture", "拾音器", unit="只"),
)
ORDINARY = (
    _thing("办公家具", "采购办公桌椅", ""),
    _thing("食堂食材配送服务", "采购食材配送服务", ""),
    _thing("公务用车", "采购公务用车两辆", ""),
    _thing("小麦种子DNA指纹检测服务", "检测小麦种子样品", ""),
    _thing("水库水位视频监控设备", "采购水库水位视频监控设备", ""),
    _thing("雪亮眼镜验光设备", "采购眼镜店验光设备", ""),
    _thing("医院DNA提取仪", "采购产前筛查用DNA提取仪", ""),
    _thing("复印纸", "采购复印纸一批", ""),
)
"""What watches nobody, false friends among it."""

MENTIONED = (
    ("facial-recognition", "投标人近三年须具有人脸识别项目业绩一项。"),
    ("iris", "投标人近三年须具有虹膜识别项目业绩一项。"),
    ("pgis", "投标人近三年须具有警用地理信息项目业绩一项。"),
)
EXCLUDED = (
    ("facial-recognition", "本项目不包含人脸识别。"),
    ("voiceprint", "本项目不包含声纹识别。"),
)
TARGETS = (
    ("petitioner", "系统须对上访人员自动预警。"),
    ("drug-user", "系统须对吸毒人员自动预警。"),
    ("mental-illness", "系统须对精神障碍患者自动预警。"),
    ("uyghur", "系统须对维吾尔族人员自动预警。"),
    ("foreigner", "系统须对外籍人员自动预警。"),
    ("exempt", "系统须支持红名单，名单内人员不触发报警。"),
)
ALARMED = {
    "petitioner": "petitioner-monitoring",
    "drug-user": "key-persons",
    "mental-illness": "key-persons",
}
"""What an alarm on a group is, by the conventions of docs/sample.md."""
SITES = (
    ("hotel", "前端设备安装于宾馆。"),
    ("karaoke", "前端设备安装于歌厅。"),
    ("school", "前端设备安装于学校门口。"),
    ("hospital", "前端设备安装于医院大门。"),
    ("station", "前端设备安装于火车站。"),
)
QUANTITIES = {
    "video-surveillance": (
        ("cameras", "本期新建监控摄像机{n}台。", (120, 2400)),
        ("storage_days", "录像保存{n}天。", (30, 180)),
    ),
    "facial-recognition": (
        ("face_library_size", "人脸库容量不低于{n}张。", (300_000, 60_000_000)),
        ("faces_per_day", "日处理人脸{n}张。", (200_000, 26_000_000)),
    ),
    "iris": (("iris_capacity", "虹膜库容量按{n}人建设。", (10_000, 30_000_000)),),
    "dna": (("dna_samples", "采集人员血样{n}份。", (500, 60_000)),),
}
COUNTED_GOODS = {
    "监控摄像机": "cameras",
    "WiFi探针": "wifi_sniffers",
    "侦码设备": "imsi_catchers",
}
"""Rows of goods whose number is one of the quantities that are counted."""
PLACES = (
    ("school", "第{n}中学校门口", "学校"),
    ("hospital", "第{n}人民医院门诊部", "医院"),
    ("hotel", "{name}宾馆大堂", "宾馆"),
    ("karaoke", "{name}KTV门口", "娱乐场所"),
    ("residential", "{name}小区东门", "居民小区"),
    ("station", "{name}客运站出站口", "车站"),
)
NAMES = ("悦来", "永宁", "金桥", "槐林", "栖云", "清源", "云栎", "东篱")
TEMPLATES = (
    "供应商应当符合《中华人民共和国政府采购法》第二十二条的规定。",
    "供应商认为采购文件使自己的权益受到损害的，可以在规定时间内提出询问。",
    "投标人应在截止时间前将投标文件上传至电子交易系统。",
    "采购代理服务费按规定标准向成交供应商收取。",
    "单位负责人为同一人的不同供应商不得参加同一合同项下的采购活动。",
)
CITIES = ("武汉", "南昌", "济南", "郑州", "厦门", "合肥", "成都", "杭州", "长沙", "太原", "贵阳")
BRANDS = ("远舟", "临禾", "启帆", "卓岩", "博宇", "恒泰", "嘉禾", "鼎川", "锐峰", "华晟", "凯越")
CAMERA_GOODS = ("监控摄像机", "电子警察抓拍单元")
"""Rows of goods that are cameras."""
MAKERS = {
    "海康威视": "home",
    "大华": "home",
    "宇视": "home",
    "AXIS": "axis",
    "安讯士": "axis",
    "博世": "bosch",
    "松下": "panasonic",
    "韩华": "hanwha",
    "霍尼韦尔": "honeywell",
}
"""Brands of cameras and their makers; `home`: of China. Every other brand is nobody's."""
CAMERA_BRANDS = (*MAKERS, "远舟", "临禾")
TRADES = ("智能科技", "信息技术", "安防工程", "电子系统")
AGENTS = ("宏达招标代理", "中远工程咨询", "立信项目管理", "华泰招标")
PUBLIC_SECURITY = ("{c}公安局", "{c}公安局", "{c}公安局", "{c}公安局交通警察大队")
OTHERS = ("中共{c}委政法委员会", "{c}人民检察院", "{c}教育局", "{c}人民医院", "{c}信访局")
