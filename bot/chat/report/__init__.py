"""Papers: what is read after a crisis, as HTML and as PDF, composed once and drawn twice."""
