"""Boundaries of the 56 kabupaten/kota of Kalimantan: from pinned packages to the static files of the map."""
