"""清苑解纷台: the front desk of a county's one-stop dispute centre."""

__version__ = "0.1.0"
