"""One hall's hub: the door for changes, its clock, its tokens, its days."""

from hub.clock import Lasting, Steady
from hub.command import Command, Result, Rule, SlipOrder, command, rule
from hub.door import Hub

__all__ = ["Command", "Hub", "Lasting", "Result", "Rule", "SlipOrder", "Steady", "command", "rule"]
