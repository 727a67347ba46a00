"""The public side: one module per place where citizens write. Reads comments, posts replies."""
