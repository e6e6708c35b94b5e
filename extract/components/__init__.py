"""One spaCy component a file; each writes its own span group and changes nothing else."""
