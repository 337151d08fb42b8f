"""Referral, visitation, decision, agreement and the course that follows."""
