"""Real Chromium against a real server with the demo world."""
