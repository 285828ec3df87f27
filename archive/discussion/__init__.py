"""Pages → Discussion: which contribution a section is, to which prompt it belongs, and what changed since.

Here belongs joining pages with each other and with the register. Not here: reading one page (`reading`) and who a
name is (`authority`).
"""
