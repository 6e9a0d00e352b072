"""Where equipment is to stand, as lists in notices say: counted by category and county, never by address."""
