"""What blocks say of themselves: the words of `cues.toml`, in many languages, and where they are found."""
