"""The words of a printed figure, in English and Chinese."""

LABELS: dict[str, tuple[str, str]] = {
    "chart": ("Chart", "图"),
    "table": ("Table", "表"),
    "method": ("How it is counted", "统计方法"),
    "coverage": ("What was searched, read and left out", "检索、读取与未计入的范围"),
    "errors": ("Measured error of the technologies it rests on", "所依据技术的实测误差"),
    "published": ("Beside what others published", "与已发表结果对照"),
    "index": ("Which sources stand behind which number", "各数字所依据的来源"),
    "sources": ("Sources", "来源"),
    "asked": ("Asked with", "统计范围"),
    "technology": ("Technology", "技术"),
    "notices": ("Notices here", "本图公告"),
    "found": ("Found in all", "全部发现"),
    "precision": ("Right among the found", "准确率"),
    "recall": ("Found of all", "召回率"),
    "corrected": ("In truth", "校正后"),
    "captured": ("captured", "采集于"),
    "rows_cut": (
        "{n} more lines are not printed; the CSV has them.",
        "另有 {n} 行未印出，见 CSV 文件。",
    ),
    "sources_cut": (
        "{n} more passages are not printed; the CSV of sources has them.",
        "另有 {n} 处原文未印出，见来源 CSV 文件。",
    ),
    "masked": (
        "Passages are quoted as printed; personal data is masked (■). SHA-256 is of the document's "
        "bytes as captured.",
        "引文与原件一致，个人信息已遮盖（■）。SHA-256 为所采集文件原始字节的摘要。",
    ),
    "group_collected": ("Collected", "采集"),
    "group_read": ("Read", "读取"),
    "group_left-out": ("Left out", "未计入"),
    "group_used": ("Used", "采用"),
    "group_since": ("Since", "此后"),
    "group_checked": ("Checked by people", "人工核查"),
}
