"""Commands that rebuild what ships in `data/` and `models/`; no part of everyday use."""
