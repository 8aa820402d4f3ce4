"""One module per kind of work, one function per thing a person does."""
