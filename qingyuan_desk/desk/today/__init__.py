"""The page 今日必办: what is due, what nobody writes to, whom to urge, how the work goes."""
