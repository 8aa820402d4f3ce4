"""The rules of the desk as pure Python: data in, values out. No input or output, no clock, no settings."""
