"""Export of records to files: JSON lines, CSV for spreadsheets, Parquet. Rows in, bytes out; knows no SQL.

Each module has ``write(rows, file)``, which writes the rows of :func:`wardcrawler.store.export.export_rows`
to a binary file as they come and never holds more than a small part of them.
"""
