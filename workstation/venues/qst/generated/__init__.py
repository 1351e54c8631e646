"""Code generated from ``protos/qst/*.proto`` by ``packaging/generate_protos.py``; imported by the binding alone."""
