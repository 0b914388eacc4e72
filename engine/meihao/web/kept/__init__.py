"""The second home of a round: rows of a database that hold the bytes of its submissions, and a journal of every change."""
