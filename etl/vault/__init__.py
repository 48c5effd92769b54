"""Keeps person-level tables: restricted folders, the key, pseudonyms."""
