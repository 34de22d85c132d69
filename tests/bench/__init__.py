"""How fast and how large: `python -m tests.bench` prints one table. No test times anything."""
