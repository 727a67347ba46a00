"""YAML only: playbooks, approved reply templates, topics, and the demo's day. No code lives here."""
