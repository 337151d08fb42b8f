"""Named reads for papers, runs and the questions of a committee."""
