"""Whether a downloaded package is what a kept build says: `python -m exports.checking FILE`, reached as `python -m etl verify`."""
