"""The desk: pages on 127.0.0.1 in which every number opens onto its proof."""
