"""The yardstick of showing: a page with a title and one line of text."""

import streamlit as st

st.title("Bench")
st.write("Nothing here.")
