"""Texts inside of others: quoted, escaped, encoded, line ends written out."""
