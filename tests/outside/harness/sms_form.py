"""How the scripted gateway wants a message."""

PARAMETERS = "to = {to}\nfrom = {from}\ntext = {text}\nreference = {id}"
