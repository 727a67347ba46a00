"""The content that ships with Tanggap: playbooks, reply templates, topics and the demo day. YAML and JSON only."""
