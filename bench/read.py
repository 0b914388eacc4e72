"""Reading the evidence of the sample round, against PyYAML's C loader on the same texts."""

from __future__ import annotations

from meihao.text_in.yaml_reader import read_yaml

from . import sample
from .timing import Table, against, interleaved

CSAFE = "yaml.CSafeLoader (no places, no checks)"


def run(rounds: int = 5, files: int = 60) -> Table:
    """Time three depths of reading: plain data by PyYAML, our strict reader with places, and typed evidence."""
    import yaml

    pack = sample.default()
    texts = sample.texts()[:files]
    seconds = interleaved(
        {
            CSAFE: lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts],
            "Meihao: strict reader, every value with its place": lambda: [read_yaml(text, "a.yaml") for text in texts],
            "Meihao: the same, shape checked, typed evidence": lambda: [sample.read(text, pack) for text in texts],
        },
        rounds,
    )
    size = sum(len(text.encode()) for text in texts)
    note = f"{len(texts)} files, {size / len(texts) / 1000:.1f} kB each"
    return Table("Reading evidence", CSAFE, against(CSAFE, seconds, len(texts), "ms/file", 1e3, {}), (note,))
