"""From the network to the application: an HTTP server on one event loop, views in threads."""
