"""The browser's door: requests in, pages out. It reads what is asked, calls a use case and shows the answer; nothing else."""
