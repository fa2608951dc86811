"""What is kept about a person: shown, handed over, erased. Upper floors say what is particular about their rows."""
