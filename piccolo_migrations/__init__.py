"""Every change the database ever made, in order. Generated, reviewed, and never edited once released."""
