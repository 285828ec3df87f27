"""Who people and organisations are: proposals in, reviewed decisions out.

Here belong identities. Inside one round table an entry of the line-up is one provisional person; across round
tables only reviewed decisions join. Nothing is ever merged on a name alone.
"""
