"""The team side: triage group, coordinators' phones, on-call."""
