"""Calls as sound: a chime, then the sentence, from recorded clips or from the speech program."""
