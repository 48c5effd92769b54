"""Which builds lie beside the current one."""
