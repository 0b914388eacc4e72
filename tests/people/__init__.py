"""Tests of accounts and permissions, without a server."""
