"""Formats: functions from finished, sorted data to text, one format a file. tables.py alone imports rich."""
