"""What a person or a program reads: tables, text and files, in Dutch and English."""
