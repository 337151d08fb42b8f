"""What politics asks: proposals, what-if runs, papers and the questions, each figure bound to the run that made it."""
