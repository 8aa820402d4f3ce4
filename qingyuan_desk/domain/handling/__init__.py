"""What becomes of a matter besides mediation: petition, hand-over, consultation, and what every flow may need."""
