"""Suppliers, models and systems, so many that the uses have something to be uses of."""

from collections.abc import Sequence
from typing import TypeVar

from bench.uses.chain import Chain
from bench.uses.people import Staff
from models_registry.models import AIModel, AISystem, Supplier, SystemModel

Item = TypeVar("Item")
BATCH = 500
COUNTRIES = ("DE", "FR", "US", "NL", "IE", "SE", "IT", "ES")
FIRST = ("Nord", "Alpen", "Rhein", "Hafen", "Linden", "Quant", "Helio", "Terra", "Vektor", "Atlas")
TRADES = ("Data", "Systems", "Analytics", "Software", "Labs", "Medical", "Mobility", "Robotics")
KINDS = ("Assistant", "Scoring", "Vision", "Planner", "Detector", "Translator", "Forecast", "Guard")
LICENCES = ("Apache-2.0", "MIT", "proprietary", "CC-BY-4.0")
ROLES = ("writes the text", "ranks", "sees", "searches")
ACCESS = tuple(AIModel.Access)


def suppliers(staff: Staff, chain: Chain, count: int) -> list[Supplier]:
    known = list(Supplier.objects.filter(organisation=staff.organisation).order_by("created_at"))
    new = [
        Supplier(
            organisation=staff.organisation,
            name=f"{_of(FIRST, n)} {_of(TRADES, n // 10)} {n + 1}",
            country=_of(COUNTRIES, n),
        )
        for n in range(len(known), count)
    ]
    for n, row in enumerate(new):
        detail = {"name": row.name, "country": row.country}
        chain.tell("supplier.registered", row, staff.author(n), detail)
    return known + Supplier.objects.bulk_create(new, batch_size=BATCH)


def models(staff: Staff, chain: Chain, count: int, providers: Sequence[Supplier]) -> list[AIModel]:
    known = list(AIModel.objects.filter(organisation=staff.organisation).order_by("created_at"))
    new = [
        AIModel(
            organisation=staff.organisation,
            name=f"{_of(FIRST, n // 8)}-{_of(KINDS, n)}-{n + 1}",
            version=f"{1 + n % 4}.{n % 10}",
            provider=_of(providers, n),
            access=_of(ACCESS, n),
            licence=_of(LICENCES, n),
        )
        for n in range(len(known), count)
    ]
    for n, row in enumerate(new):
        detail = {
            "name": row.name,
            "version": row.version,
            "access": row.access,
            "licence": row.licence,
        }
        chain.tell("model.registered", row, staff.author(n), detail)
    return known + AIModel.objects.bulk_create(new, batch_size=BATCH)


def systems(
    staff: Staff,
    chain: Chain,
    count: int,
    makers: Sequence[Supplier],
    built_of: Sequence[AIModel],
) -> list[AISystem]:
    """Each with one or two models in it."""
    known = list(AISystem.objects.filter(organisation=staff.organisation).order_by("created_at"))
    new, parts = [], []
    for n in range(len(known), count):
        system = AISystem(
            organisation=staff.organisation,
            name=f"{_of(FIRST, n // 3)} {_of(KINDS, n)} {n + 1}",
            version=f"{1 + n % 3}.{n % 7}",
            supplier=_of(makers, n) if n % 5 else None,
        )
        inside = {row.pk: row for row in (_of(built_of, n), _of(built_of, n * 3 + n % 2))}
        parts += [
            SystemModel(
                organisation=staff.organisation, system=system, model=row, role=_of(ROLES, place)
            )
            for place, row in enumerate(inside.values())
        ]
        ids = [str(key) for key in inside]
        detail = {"name": system.name, "version": system.version, "models": ids}
        chain.tell("system.registered", system, staff.author(n), detail)
        new.append(system)
    made = AISystem.objects.bulk_create(new, batch_size=BATCH)
    SystemModel.objects.bulk_create(parts, batch_size=BATCH)
    return known + made


def _of(items: Sequence[Item], number: int) -> Item:
    return items[number % len(items)]
