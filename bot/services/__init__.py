"""One class per job that people do; each call opens one transaction and asks the domain."""
