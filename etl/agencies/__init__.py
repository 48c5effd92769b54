"""Which agency a written name means: a human decides, a program proposes and remembers."""
