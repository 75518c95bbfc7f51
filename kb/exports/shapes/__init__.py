"""The shapes of the records: what every answer of the API holds, as types from which its description is made."""
