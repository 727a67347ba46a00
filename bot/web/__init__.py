"""What the machine room looks at over HTTP: health and metrics, on loopback unless told otherwise."""
