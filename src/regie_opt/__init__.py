"""regie-opt: who should cooperate with whom, for which municipal task, in which lawful form."""

from importlib.metadata import version

__version__ = version("regie-opt")
