"""Measurements: every figure beside a floor taken in the same run. Nothing here asserts a time."""
