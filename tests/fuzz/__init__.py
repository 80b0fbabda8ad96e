"""Asking the API everything that its documents allow, and much that they do not, as everybody there is.

    python -m tests.fuzz --cases 10000        # make fuzz CASES=10000

schemathesis reads each version's OpenAPI document and makes up requests: at every bound of every schema (coverage), at
random (fuzzing), and one after another with what the former answered (stateful). All of its checks look at all that is
answered: no crash, the status, shape and headers that are documented, whatever fits its schema is understood, and
whatever does not is refused.

    stage      a hub with raised limits, for everybody a restaurant of their own, and the passes they come with
    asking     one run: one version of the API, asked as one of them
    findings   what was answered, and what was not right
"""
