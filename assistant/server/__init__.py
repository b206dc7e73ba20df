"""HTTP: the app, its limits and its routes. Thin: everything of substance is asked of `Improv`."""
