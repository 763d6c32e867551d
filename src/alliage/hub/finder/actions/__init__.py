"""What a person does in the finder: answer, save to a file, open a file, share, take a share back. No HTTP here."""
