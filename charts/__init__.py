"""Pure functions from a tidy frame to a figure: no files, no Streamlit, no filtering, no statistics."""
