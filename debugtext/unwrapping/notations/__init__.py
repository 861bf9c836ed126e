"""Takes out texts that stand within others: quoted, escaped, encoded, or with line ends written out."""
