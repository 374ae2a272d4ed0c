"""What people do, in their own words: the tests read like their stories."""
