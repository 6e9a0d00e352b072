"""Where equipment is to stand, as lists in notices say: counted by category and county, never by
address.
"""

from tenderlight.deployment.deployed import Deployed
from tenderlight.deployment.find import find_deployment

__all__ = ["Deployed", "find_deployment"]
