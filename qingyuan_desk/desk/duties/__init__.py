"""Duty list (职责)."""
