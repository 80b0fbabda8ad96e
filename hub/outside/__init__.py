"""What is outside of the house: to each thing a port, the real way to it, and a twin that needs nobody.

Whatever is asked for here may fail, take long, or happen twice; so only the porter asks, after the commit. Who somebody
is, is the exception: whoever signs in waits for it, and no transaction does.
"""
