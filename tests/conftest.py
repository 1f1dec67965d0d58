"""What every test has in common."""

import os

os.environ.setdefault("REGIE_OPT_WORKERS", "1")  # a command starts no processes of its own where tests run on all cores
