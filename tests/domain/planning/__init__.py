"""Tests of the plans: limits, order, proof, words and the command."""
