"""The mediator roster (乡贤名册): `mediators` who is on it and who suits a dispute, `rules` and `records` what may be written down,
`cards`, `results`, `levels` what is shown, `sheet` and `papers` what is given out, `callouts` who was called, `subsidy` 以案定补.
"""
