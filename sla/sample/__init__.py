"""Invented exports for trying the dashboard and for measuring it: the same bytes for the same seed on any machine."""

from sla.sample.export import DEFAULT_END, write_sample

__all__ = ["DEFAULT_END", "write_sample"]
