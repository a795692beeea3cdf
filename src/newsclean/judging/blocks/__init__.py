"""What blocks are like, as numbers: their characters, their words, their markup, and what they share with others."""
