"""City indicators, a cooperation network and a plan, each number with its evidence."""
