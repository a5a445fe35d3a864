"""The report of a run: one HTML file, with the trained network in it."""

from figures.report.downloads import offer_downloads
from figures.report.report import write_report

__all__ = ["offer_downloads", "write_report"]
