"""What a person does with a standard and a round, as functions: typed requests in, typed results and problems out.

No function here prints, reads arguments, asks the clock or keeps state; any may be called from several threads. The command
line and every other door call these and add nothing but arguments and pages.
"""
