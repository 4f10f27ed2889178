"""The printed slip: its picture, its bytes, the spool that brings it to paper, a printer made of software."""
