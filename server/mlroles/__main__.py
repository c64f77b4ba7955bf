"""``python -m mlroles``."""

from mlroles.cli import main

if __name__ == "__main__":
    main()
