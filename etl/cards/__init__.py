"""Cards of loaded files, present and earlier ones."""
