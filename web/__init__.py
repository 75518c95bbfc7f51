"""HTTP: one module, one blueprint and one template folder for each part of the site; pages and JSON show the same values."""
