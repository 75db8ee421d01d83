"""Compiles a Swedish municipality's budget process into dated timelines."""

import os

__version__ = "0.1.0"

# Before anything imports openpyxl: where lxml is installed, as the Word extra does, it would write other XML, and the
# same plan would be another file on another machine.
os.environ["OPENPYXL_LXML"] = "False"
