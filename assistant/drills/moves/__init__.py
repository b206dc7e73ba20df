"""What an utterance of staff does: several moves, with the words that show each, and how good a reply it is."""
