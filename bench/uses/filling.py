"""Brings the organisation to a number of uses; what is there already stays."""

from datetime import date

from django.db import connection, transaction

from bench.uses.chain import Chain
from bench.uses.documents import reports
from bench.uses.evidence import library
from bench.uses.lives import BATCH, Lives
from bench.uses.parts import models, suppliers, systems
from bench.uses.people import Staff, staff
from models_registry.models import AISystem, UseCase

# More than a page of a list or a choice in a form shows, however few the uses are.
FULL_PAGE = 120


def fill(size: int, today: date) -> int:
    """How many uses had to be added; each batch of them is one transaction."""
    people = staff()
    there = UseCase.objects.filter(organisation=people.organisation).count()
    if there >= size:
        return 0
    lives = Lives(people, _parts(people, size), today)
    for first in range(there, size, BATCH):
        lives.write(range(first, min(first + BATCH, size)))
    reports(people, max(FULL_PAGE, size // 50))
    library(people, max(FULL_PAGE, size // 20), today)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # As the server itself would by and by; SQLite keeps no statistics of its own accord.
            cursor.execute("ANALYZE")
    return size - there


@transaction.atomic
def _parts(people: Staff, size: int) -> list[AISystem]:
    chain = Chain(people.organisation)
    makers = suppliers(people, chain, max(FULL_PAGE, size // 25))
    inside = models(people, chain, max(FULL_PAGE, size // 20), makers)
    found = systems(people, chain, max(FULL_PAGE, size // 2), makers, inside)
    chain.write()
    return found
