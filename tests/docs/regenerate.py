"""Renew the output that the documentation quotes: `python -m tests.docs.regenerate`."""

from .blocks import DOCUMENTS, renewed

if __name__ == "__main__":
    for document in DOCUMENTS:
        text = renewed(document)
        if text != document.read_text(encoding="utf-8"):
            document.write_text(text, encoding="utf-8", newline="\n")
            print(f"{document.name} renewed")
