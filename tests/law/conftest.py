"""`pytest tests/law --hypothesis-profile=nightly` tries 10,000 examples of each property instead of a few hundred."""

from hypothesis import settings

settings.register_profile("nightly", max_examples=10_000, deadline=None)
