"""Many requests of one source: Scrapy decides when, the evidence has every answer first."""
