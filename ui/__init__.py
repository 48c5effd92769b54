"""Everything that touches Streamlit: filters, cached answers, layout, notes, downloads."""
