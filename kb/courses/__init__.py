"""Dated courses: values built from the rules of one day, their quizzes, and what a later day makes of them."""
