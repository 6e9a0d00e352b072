"""A procurement portal of ours on 127.0.0.1 that behaves, and misbehaves, like the real ones.

    from tests.portal import Portal

    with Portal(notices=50) as portal:
        portal.address(3)                       where a notice is, on the first of the sites
        portal.address(3, "zfcg")               and on the regional one in GBK
        portal.fault("/cggg/", "reset")         the next request breaks, the one after works
        portal.visit(2)                         some days later: other tokens, other clocks
        portal.edit(3, amount=1_280_000)
        portal.remove(4, how="home")
        portal.requests("/cggg/")               what was asked, when, and what was answered

Every notice is invented. Five sites stand on one host and show the same notices (see `sites`):

    national  /bxsearch?kw=&page_index=1   search, summary, `/cggg/…/t20240101_100003.htm`
    zfcg      /zfcg/index.html             index_1.html …, GBK, some pages declare another charset
    ggzy      /ggzy/list.aspx?page=1       relative links, a table of labels and values
    app       /xinxi/                      an empty shell over /api/notice/list and …/detail
    feed      /rss.xml /atom.xml /sitemap.xml   pages at /gonggao/
"""

from .faults import RATED, Fault
from .notices import Attachment, Notice
from .portal import Portal, Request

__all__ = ["RATED", "Attachment", "Fault", "Notice", "Portal", "Request"]
