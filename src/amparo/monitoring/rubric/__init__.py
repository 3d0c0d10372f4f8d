"""The rubric: the questions that are asked of every State, as versioned data beside this file."""
