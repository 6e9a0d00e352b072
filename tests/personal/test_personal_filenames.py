"""Names of files: people call them after people. All names are invented."""

import pytest

from tenderlight.personal import mask_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三13900001234.pdf", "＊＊＊＊＊＊＊＊＊＊＊＊＊.pdf"),
        ("附件/王小明/简历.pdf", "附件/＊＊＊/简历.pdf"),
        ("scan王小明.png", "scan＊＊＊.png"),
        ("王小明身份证.jpg", "＊＊＊身份证.jpg"),
        ("张三身份证.jpg", "＊＊身份证.jpg"),
        ("身份证110101199003074578王小明.png", "身份证" + "＊" * 21 + ".png"),
        ("简历-欧阳小明.doc", "简历-＊＊＊＊.doc"),
        ("简历王小明.doc", "简历＊＊＊.doc"),
        (
            "z13812345678.zip/m13900001234.eml",
            "z＊＊＊＊＊＊＊＊＊＊＊.zip/m＊＊＊＊＊＊＊＊＊＊＊.eml",
        ),
        ("联系人王小明.docx", "联系人＊＊＊.docx"),
        ("艾力·吐尔逊.pdf", "＊＊＊＊＊＊.pdf"),
        ("110101199003074578_2.pdf", "＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊_2.pdf"),
    ],
)
def test_people_and_their_numbers_are_hidden(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    "name",
    [
        "附件.zip/采购文件.docx",
        "招标公告.pdf",
        "平面图.dwg",
        "常用表.xls",
        "清单/设备清单（定稿）.xlsx",
        "云桥县公安局.pdf",
        "YQ-2024-0815.pdf",
        "20240305_1.pdf",
        "高清.mp4",
        "营业执照.jpg",
        "授权委托书.pdf",
        "s.png",
        "page 3",
    ],
)
def test_what_a_file_is_about_stays(name: str) -> None:
    assert mask_name(name) == name
