"""What people ask of one ledger: filters, agreement, claimants, timeline, coverage."""
