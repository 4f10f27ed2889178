"""One hall's hub: the door for changes, its clock, its tokens, its days."""

from hub.door import Command, Hub, Result, Rule, SlipOrder, command, rule

__all__ = ["Command", "Hub", "Result", "Rule", "SlipOrder", "command", "rule"]
