"""The scripts behind the Makefile; they start processes and import no app."""
