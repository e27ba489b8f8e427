"""What is remembered: the tables, the steps their rows may take, and the questions asked of them."""
