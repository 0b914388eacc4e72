"""A round kept in a folder of plain files: one unit one folder, submissions that are only ever added."""
