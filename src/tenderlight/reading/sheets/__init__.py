"""Spreadsheets: cells as they are printed, sheet by sheet."""
