"""The vocabulary that every room of Earmark speaks: frozen records, standard library only."""
