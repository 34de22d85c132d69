"""Policies: what a support organisation promised, read from `data/policies`, and the open hours it is measured in."""
