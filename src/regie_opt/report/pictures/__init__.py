"""Pictures of today's network: Altair charts, written as SVG, PNG and HTML (extra `figures`)."""
