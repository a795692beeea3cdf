"""The review page: one self-contained HTML file that shows what was kept, dropped and moved, and why."""
