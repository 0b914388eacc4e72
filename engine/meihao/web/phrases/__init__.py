"""Holds the sentences of the pages by key, zh and en side by side: one module a page, `common` for what several say."""
