"""The domain of Inforce: dated regulations and what applied on a day.

The modules of this package itself know no disk, no clock and no HTTP; they take finished values and return new ones.
"""
