"""Applications: drafts, submissions, their life, their attachments and the resident's pages."""
