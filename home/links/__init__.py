"""Links that lead nowhere: found, checked politely, and told to those who can mend them."""
