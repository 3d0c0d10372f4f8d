"""A State's profile as a document, and the rubric as a questionnaire."""
