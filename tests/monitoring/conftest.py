"""The server that takes pings and webhooks."""

from tests.listener import listener

__all__ = ["listener"]
