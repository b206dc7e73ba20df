"""Does a sentence say only what its evidence says? Exact where it can be exact, and measured where it cannot."""
