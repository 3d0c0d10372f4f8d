"""A lost password or second factor, renewed at the desk by two people, of whom neither can sign in as the third."""
