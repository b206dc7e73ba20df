"""What a run or a comparison says, for people (HTML, Markdown) and for other tools (promptfoo, RAGAS)."""
