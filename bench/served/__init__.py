"""What the pages cost, measured at the WSGI application; see bench.pages."""
