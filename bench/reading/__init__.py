"""How well documents are read: made notices with known truth, in every format and as scans."""
