"""Mentorkorps: a Danish municipality's mentor support, from referral to the committee's paper."""

__version__ = "0.1.0"
