"""What the fault tests need: real workers that can be killed, and the oracle."""
