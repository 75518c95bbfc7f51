"""A Version as Akoma Ntoso 3.0, the standard of OASIS for the texts of law."""
