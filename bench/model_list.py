"""The list of a register with 100,000 models: ``python -m bench.model_list [postgres]``."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from bench.folder import own_folder

if TYPE_CHECKING:
    from accounts.models import Organisation
    from bench.served.visitor import Visitor

FEW, MANY = 100, 100_000
MOST_QUERIES, ROUNDS, BATCH, SUPPLIERS = 5, 9, 5_000, 400
SHOWN = {"first page": "", "last changed first": "?sort=changed", "found by name": "?q=099"}


def main(given: list[str]) -> int:
    """0 when the first page asks at most five times, with many models as with few."""
    many = next((int(text) for text in given if text.isdecimal()), MANY)
    with ExitStack() as stack:
        url = ""
        if "postgres" in given:
            from ops.services import private_postgres

            url = stack.enter_context(private_postgres())
        stack.enter_context(own_folder(url))
        return measure(many)


def measure(many: int) -> int:
    from django.core.management import call_command
    from django.urls import reverse

    from bench.served.visitor import Visitor
    from bench.uses.people import EMAIL, password, staff

    call_command("collectstatic", interactive=False, verbosity=0)
    organisation = staff().organisation
    member = Visitor().signed_in(EMAIL, password())
    address, asked = reverse("models_registry:model-list"), []
    for size in (FEW, many):
        fill(organisation, size)
        print(f"{size:,} models")
        asked += [_told(member, name, address + query) for name, query in SHOWN.items()]
    first = [asked[0], asked[len(SHOWN)]]
    met = max(first) <= MOST_QUERIES and first[0] == first[1]
    aim = f"aim: first page at most {MOST_QUERIES} queries, as many with many models as with few"
    print(f"{aim}: {'met' if met else 'MISSED'}")
    return 0 if met else 1


def _told(member: "Visitor", name: str, address: str) -> int:
    cpu, clock = member.medians(address, ROUNDS)
    queries = member.queries_of(address)
    print(f"  {name:20} {queries} queries, {cpu:6.1f} ms of CPU, {clock:6.1f} ms by the clock")
    return queries


def fill(organisation: "Organisation", size: int) -> None:
    """Brings the register to a number of models, one in five of them in a system."""
    from django.db import connection

    from models_registry.models import AIModel, AISystem, Supplier, SystemModel

    own = {"organisation": organisation}
    there = AIModel.objects.filter(**own).count()
    if not there:
        Supplier.objects.bulk_create(Supplier(name=f"Maker {n}", **own) for n in range(SUPPLIERS))
    makers = list(Supplier.objects.filter(**own))
    for first in range(there, size, BATCH):
        numbers = range(first, min(first + BATCH, size))
        models = AIModel.objects.bulk_create(_models(numbers, makers, own))
        systems = AISystem.objects.bulk_create(
            AISystem(name=f"System {n}", **own) for n in numbers[::5]
        )
        SystemModel.objects.bulk_create(
            SystemModel(system=system, model=model, **own)
            for system, model in zip(systems, models[::5], strict=True)
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # As the server itself would by and by.
            cursor.execute("ANALYZE")


def _models(numbers: range, makers: list[Any], own: dict[str, Any]) -> Iterator[Any]:
    from models_registry.models import AIModel

    for n in numbers:
        maker = makers[n % len(makers)]
        yield AIModel(
            name=f"Model {n:06}", provider=maker, access=AIModel.Access.OPEN_WEIGHTS, **own
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
