"""The ledger (台账): one list for everything."""
