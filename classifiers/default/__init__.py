"""The embedded model: hashed words and letters, one linear score per label, weights of one byte each."""
