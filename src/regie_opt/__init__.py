"""regie-opt: who should cooperate with whom, for which municipal task, in which lawful form."""


def __getattr__(name: str) -> str:
    """Give the version when it is asked for; to find it takes longer than to show a help text."""
    if name == "__version__":
        from importlib.metadata import version

        return version("regie-opt")
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
