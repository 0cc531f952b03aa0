"""Files in and out: readers and writers that know formats and nothing else."""
