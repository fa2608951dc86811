"""HTML of WordPress, taken apart into blocks of ours. Pure: nothing here reads the database or asks another site."""
