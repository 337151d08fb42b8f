"""Who did and who saw what: one append-only table, sealed in hash-chained batches."""
