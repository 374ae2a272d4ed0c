"""Papers as PDF: values in, bytes out. Knows no page, no request and no database."""
