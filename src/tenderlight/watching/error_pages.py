"""What pages say that stand in a notice's place: that it is gone, or that we are refused."""

from __future__ import annotations

import re
from typing import Literal

SHORT = 2_000
"""Characters, the site's own lines left out: an error page has no more."""
_SUBJECT = r"(?:页面|网页|信息|内容|公告|文章|资源|文件|数据|记录|栏目)"
"""What may stand between the words below is written out: a match is quoted, and must not hold a
name that happens to stand there."""
GONE_WORDS = re.compile(
    rf"{_SUBJECT}[已经可能暂时目前并或均都]{{0,4}}?(?:不存在|已不存在|(?:已经?|被|已被)(?:删除|移除|撤销|撤回|下架|下线|关闭|屏蔽)"
    rf"|已(?:过期|失效|取消发布))|(?:找不到|未找到|没有找到|无法找到)"
    rf"[您你所要请求访问查看的该此这条相关指定对应]{{0,10}}?{_SUBJECT}"
    r"|\b404\b.{0,40}(?:not found|未找到|错误)|page (?:was )?not found|(?:has|have) been removed"
    r"|no longer (?:available|exists?)|does not exist|could not be found|(?:has been|was) deleted",
    re.I,
)
BLOCKED_WORDS = re.compile(
    r"(?:请|需要?)[您你先在正确下方]{0,6}(?:输入|完成|进行|拖动|滑动|点击)"
    r"[图片形中的数字短信右左侧下上方正确行为安全人机以]{0,8}(?:验证|滑块)|滑动验证|人机验证|安全验证|行为验证"
    r"|访问(?:过于频繁|太频繁|频率过高|被拒绝|被阻断|被拦截|受限)|请求(?:过于频繁|被拦截|被阻断)|拒绝访问|禁止访问"
    r"|captcha|verify (?:that )?you are (?:a )?human|checking your browser|access denied"
    r"|too many requests|unusual traffic|are you a robot|web application firewall",
    re.I,
)


def says_instead(words: str) -> Literal["blocked", "gone"] | None:
    """What a short page says in place of content: that we are refused, or that nothing is there.

    >>> says_instead("您的访问过于频繁，请完成验证"), says_instead("采购公告：视频监控设备")
    ('blocked', None)
    """
    if len(words) > SHORT:
        return None
    if BLOCKED_WORDS.search(words):
        return "blocked"
    return "gone" if GONE_WORDS.search(words) else None
