"""Workbooks: the only package that opens or writes one."""
