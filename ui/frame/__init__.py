"""The frame around every page: its document, its menu, and the address it carries from page to page."""
