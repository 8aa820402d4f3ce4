"""办理: the steps of a matter outside mediation, the form of each, and what was done so far."""
