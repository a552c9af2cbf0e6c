"""Imitation portals on loopback: the demo, the tests and the benchmarks crawl the same ones."""

from wardcrawler.replica.process import Replica, ReplicaError

__all__ = ["Replica", "ReplicaError"]
