"""The desk: pages on 127.0.0.1 for one corpus. It shows, and never writes."""

from tenderlight.web.app import make_app, serve

__all__ = ["make_app", "serve"]
