"""A ledger as one HTML page that needs no network, no server and no script to be read (DESIGN section 10); alone imports jinja2."""
