"""One module per subject, each SQL beside the function that runs it."""
