"""What travels between a hub and its clients, as types: a module for each noun.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""
