"""Text as it can be shown and written, whatever bytes a file name holds."""

import re

_LONE = re.compile("[\ud800-\udfff]")


def shown(text: str) -> str:
    """A text that UTF-8 can hold: bytes of a file name that are no UTF-8 become the replacement character."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", text)
