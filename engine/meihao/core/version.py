"""The version of the program; the launcher and the package's build read it here as text."""

__version__ = "0.1.0"
