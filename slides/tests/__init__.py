"""Tests of the decks: what they name is there, and every slide fits its frame."""
