"""One module a page: it parses what is asked, calls a use case, shows the answer."""
