def derive_playbooks(document, factors_of):
    return ()
