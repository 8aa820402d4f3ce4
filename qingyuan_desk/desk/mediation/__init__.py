"""Mediation (调解)."""
