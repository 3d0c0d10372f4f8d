"""The Human Trafficking Case Data Standard 2.0 as a file: read, checked, written back. No database here."""
