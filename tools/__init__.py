"""Helpers for those who work on the project: catalogues, generated documents. Not part of the package."""
