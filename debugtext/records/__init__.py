"""The records: frozen values with the contents of a text, without any judgement."""
