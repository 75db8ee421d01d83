"""Compiles a Swedish municipality's budget process into dated timelines."""

__version__ = "0.1.0"
