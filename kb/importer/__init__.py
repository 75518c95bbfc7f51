"""Foreign files to text: one module a format. What is given by strangers is bounded in size and time before it is read."""
