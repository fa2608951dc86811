"""Every page that a person can meet, with something on it: the tests of the look walk through them."""
