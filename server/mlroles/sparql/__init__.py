"""Query text, before any engine sees it: its tokens, form and bounds, and where it is wrong."""
