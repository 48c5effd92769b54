"""Reads workbooks of old forms in a process of its own, whose death or greed touches nothing else."""
