"""The API described: one declaration of each call, by which its requests are checked and its description is made."""
