"""Evidence packs: claims with all that proves them, in one file that opens without Earmark."""
