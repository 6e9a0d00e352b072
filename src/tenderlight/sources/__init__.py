"""Where documents come from: today, folders that a person saved."""
