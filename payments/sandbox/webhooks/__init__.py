"""Webhooks to the portal: a queue in the store, and a courier that carries it over HTTP."""
