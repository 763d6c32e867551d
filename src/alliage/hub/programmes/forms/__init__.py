"""The form of a programme: what was typed becomes a document, what it cannot show is kept, nothing typed is lost."""
