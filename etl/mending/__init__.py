"""Refused rows corrected and loaded again, and persons forgotten at their wish."""
