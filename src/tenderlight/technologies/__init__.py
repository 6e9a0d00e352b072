"""Which technologies a notice buys, and whom it targets: definitions that a reporter can edit."""
