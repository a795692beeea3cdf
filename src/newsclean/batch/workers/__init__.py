"""Worker processes of this machine, which clean what they are handed."""
