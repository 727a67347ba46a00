"""Every Indonesian sentence that the bot says to the team, once, by what it is about.

Polite, short, natural; no jargon, no code words, nothing that blames. Functions take what the sentence
needs, so that a missing piece is a type error and not a hole in a message.
"""
