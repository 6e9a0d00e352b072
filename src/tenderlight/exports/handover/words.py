"""What values are called on the pages of a hand-over, in both languages."""

from __future__ import annotations

FIELDS = {
    "notice_type": ("type", "公告类型"),
    "procedure": ("procedure", "采购方式"),
    "title": ("title", "标题"),
    "project_name": ("project", "项目名称"),
    "project_number": ("project number", "项目编号"),
    "buyer": ("buyer", "采购人"),
    "agency": ("agency", "代理机构"),
    "published": ("published", "发布时间"),
    "opening": ("opening", "开标时间"),
    "lots": ("lots", "标包数"),
    "budget_cny": ("budget, yuan", "预算（元）"),
    "ceiling_cny": ("ceiling, yuan", "最高限价（元）"),
    "province_code": ("province", "省级区划"),
    "county_code": ("county or prefecture", "市县区划"),
    "surveillance_purchase": ("surveillance purchase", "监控类采购"),
    "awards": ("award", "中标结果"),
    "items": ("item", "采购品目"),
    "technologies": ("technology", "技术"),
    "targets": ("target", "针对对象"),
    "sites": ("site", "场所"),
    "quantities": ("quantity", "数量指标"),
    "supplier": ("supplier", "供应商"),
    "lot": ("lot", "标包"),
    "amount_printed": ("amount as printed", "金额原文"),
    "amount_cny": ("amount, yuan", "金额（元）"),
    "name": ("name", "名称"),
    "brand": ("brand", "品牌"),
    "model": ("model", "型号"),
    "quantity": ("quantity", "数量"),
    "unit": ("unit", "单位"),
    "unit_price_cny": ("unit price, yuan", "单价（元）"),
}


def words_for(field: str) -> tuple[str, str]:
    """A value's key in words; a number in it counts from 1.

    >>> words_for("awards.0.supplier"), words_for("buyer")
    (('award 1 supplier', '中标结果 1 供应商'), ('buyer', '采购人'))
    """
    told = []
    for part in field.split("."):
        plain = (str(int(part) + 1),) * 2 if part.isdigit() else (part, part)
        told.append(FIELDS.get(part, plain))
    return " ".join(en for en, _ in told), " ".join(zh for _, zh in told)
