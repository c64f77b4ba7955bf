"""Where a query runs: bounded, isolated, answered or told why not."""
