"""What people see of the sandbox: payment pages, control page, settlement files."""
