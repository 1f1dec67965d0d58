"""What every test has in common."""

import os
import signal
import threading

os.environ.setdefault("REGIE_OPT_WORKERS", "1")  # a command starts no processes of its own where tests run on all cores

# Who runs the tests in the background may have Ctrl-C ignored, and every process that a test starts with it.
if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
