"""The only rooms that know reportlab (and, in sheets.py, openpyxl): facts in, pages out."""
