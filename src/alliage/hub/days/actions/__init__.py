"""What is done to a day, one transaction for each gesture."""
