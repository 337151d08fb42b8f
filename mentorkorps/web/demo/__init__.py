"""The synthetic world of the demo: a municipality with made-up people and work in every state."""
