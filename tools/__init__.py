"""What sets the project up and finds its foreign programs. Standard library only: it runs before all else."""
