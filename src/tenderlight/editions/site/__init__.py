"""The pages of an edition: they open from the folder, with no server and no network.

OUT/index.html                  the front page, English; site/zh/index.html the same in Chinese
OUT/edition.js                  the edition's id, once `edition.json` is written (`id_script`)
OUT/site/en/, OUT/site/zh/      a page for each figure, plain HTML; rows, notice, search, check
OUT/site/data/                  what those pages open, compressed, in scripts that hold only data
OUT/site/*.css, *.js            how it looks; what opens numbers, searches and copies citations

Everything is worked out of `OUT/data` and `OUT/evidence`: the site knows nothing that is not there.
"""

from tenderlight.editions.site.kept import BLOCKS, TEXT
from tenderlight.editions.site.write import ID_SCRIPT, id_script, write_site

__all__ = ("BLOCKS", "ID_SCRIPT", "TEXT", "id_script", "write_site")
