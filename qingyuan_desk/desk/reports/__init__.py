"""Figures (统计)."""
