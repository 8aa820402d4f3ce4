"""An invented year (演练), planned from seeds/training.toml: `year` the visits and what goes with them, `days` its working days,
`cases`, `courses`, `parts`, `diary` and `deals` how its disputes are mediated.
"""
