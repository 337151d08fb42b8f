"""Prices, invoices and budgets."""
