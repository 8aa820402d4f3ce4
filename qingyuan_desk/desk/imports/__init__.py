"""Importing visits and grass-roots reports (导入)."""
