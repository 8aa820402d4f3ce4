"""Settings (设置)."""
