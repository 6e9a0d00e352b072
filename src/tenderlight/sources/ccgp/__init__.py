"""The national portal of China's government procurement, ccgp.gov.cn."""
