"""How fast and how large the product is, beside what it could have been built from; `python -m evals.bench`.

What is compared runs in turns within one run (A B A B), so that noise of the machine hits all alike.
"""
