"""What every page costs with 10,000 uses beside 100: ``python -m bench.pages``.

Requests go to the WSGI application in this process, without a server or a network. Times are the
median of CPU milliseconds, in which SQLite works too; whatever else the machine does can only
lengthen the time on the clock, which stands beside them.
"""

import logging
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.folder import own_folder

if TYPE_CHECKING:
    from bench.served.addresses import Addresses
    from bench.served.visitor import Visitor

FEW, MANY = 100, 10_000
ROUNDS = 5
MOST_MS, MOST_MS_FOR_A_SAVE, MOST_KB = 60, 40, 150


@dataclass
class Cost:
    """One address: at few uses and at many."""

    page: str
    address: str
    visitor: "Visitor"
    cpu: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    kilobytes: float = 0
    others: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        query = self.address.partition("?")[2]
        place = "halfway" if query.startswith("after=") else query
        return f"{self.page} {place}".strip()

    def weigh(self) -> None:
        cpu, clock = self.visitor.medians(self.address, ROUNDS)
        self.cpu.append(cpu)
        self.clock.append(clock)
        self.queries.append(self.visitor.queries_of(self.address))


def main(given: list[str]) -> int:
    """0 when all aims are met; `postgres` measures on a private PostgreSQL, by the clock."""
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
    from django.utils import timezone

    from bench.served.addresses import ALONE, Addresses, in_the_middle
    from bench.served.loading import FirstLoad
    from bench.served.visitor import Visitor
    from bench.uses.filling import fill
    from bench.uses.people import EMAIL, EMAIL_ALONE, alone, password, staff

    # Refusals are asked for below, and would fill the screen.
    logging.disable(logging.WARNING)
    call_command("collectstatic", interactive=False, verbosity=0)
    today = timezone.localdate()
    fill(FEW, today)
    few, single, organisation = FEW, alone(today), staff().organisation
    member = Visitor().signed_in(EMAIL, password())
    loner = Visitor().signed_in(EMAIL_ALONE, password(EMAIL_ALONE))
    addresses = Addresses(organisation, member)
    found = [*addresses.of_every_page()]
    costs, without = sorted_out([member, Visitor()], found)
    costs += sorted_out([loner], Addresses(single, loner).of_every_page(ALONE))[0]
    halfway = [Cost(name, "", member) for name, _ in in_the_middle(organisation)]
    for size in (few, many):
        fill(size, today)
        for cost, (_, address) in zip(halfway, in_the_middle(organisation), strict=True):
            cost.address = address
        for cost in (*costs, *halfway):
            cost.weigh()
    load = FirstLoad(member)
    for cost in (*costs, *halfway):
        cost.kilobytes, cost.others = load.of(cost.visitor, cost.address)
    shown = {cost.page for cost in costs}
    without = {name: reason for name, reason in without.items() if name not in shown}
    return told([*costs, *halfway], without, many) | save_one_answer(member, addresses)


def sorted_out(
    visitors: "list[Visitor]", found: Iterable[tuple[str, str]]
) -> tuple[list[Cost], dict[str, str]]:
    """The pages with the first visitor who is shown them; for each other what comes instead."""
    pages: list[Cost] = []
    without: dict[str, str] = {}
    for name, address in found:
        for visitor in visitors:
            answer = visitor.get(address)
            if answer.status < 300 and answer.headers["content-type"].startswith("text/html"):
                pages.append(Cost(name, address, visitor))
                break
            without.setdefault(name, what_instead(name, answer.status))
    return pages, without


def what_instead(name: str, status: int) -> str:
    if status >= 500:
        raise SystemExit(f"{name} fails; see above.")
    if status == 405:
        return "takes forms only"
    return "leads elsewhere" if 300 <= status < 400 else f"is no page ({status})"


def told(costs: list[Cost], without: dict[str, str], many: int) -> int:
    """Print the table and whether the aims are met; of a page in several states the slowest."""
    shown: dict[str, Cost] = {}
    for cost in sorted(costs, key=lambda cost: -cost.cpu[1]):
        shown.setdefault(cost.label, cost)
    print(f"{'':66} CPU ms with uses      clock         first load")
    print(f"{'page':66} {FEW:>6} {many:>7}  ratio      ms  queries      kB")
    for label, cost in shown.items():
        few, more = cost.queries
        queries = f"{more}" if few == more else f"{few}->{more}"
        ratio = cost.cpu[1] / cost.cpu[0]
        times = f"{cost.cpu[0]:6.1f} {cost.cpu[1]:7.1f}  x{ratio:.2f} {cost.clock[1]:8.1f}"
        print(f"{label[:66]:66} {times} {queries:>8}  {cost.kilobytes:6.1f}")
    for name, reason in without.items():
        print(f"{name}: {reason}")
    return verdicts(costs)


def verdicts(costs: list[Cost]) -> int:
    slow = [cost.label for cost in costs if cost.cpu[1] > MOST_MS]
    heavy = [cost.label for cost in costs if cost.kilobytes > MOST_KB]
    growing = [cost.label for cost in costs if cost.queries[0] != cost.queries[1]]
    elsewhere = [target for cost in costs for target in cost.others]
    say(f"at most {MOST_MS} ms at the median", slow)
    say(f"first load at most {MOST_KB} kB", heavy)
    say("as many queries with many uses as with few", growing)
    say("no request to another host", elsewhere)
    return 1 if slow or heavy or growing or elsewhere else 0


def say(aim: str, misses: Iterable[str]) -> None:
    missed = list(dict.fromkeys(misses))
    print(f"aim: {aim}: {'MISSED by ' + ', '.join(missed) if missed else 'met'}")


def save_one_answer(visitor: "Visitor", addresses: "Addresses") -> int:
    """An answer saved by the script of its page, again and again with another value."""
    import json
    import statistics

    from django.urls import reverse

    from assessments.models import Answer, Assessment

    draft = next(row for row in addresses.assessments if row.state == Assessment.State.DRAFT)
    page = reverse("assessments:question", args=[draft.use_case_id, "use_areas"])
    visitor.get(page)
    known = Answer.objects.filter(assessment=draft, question_id="use_areas").first()
    version, times = (known.version if known else 0), []
    for n in range(2 * ROUNDS + 2):
        value = ["employment", "education"][n % 2]
        form = {"value": value, "version": version, "note": "", "whom": "", "reason": ""}
        answer = visitor.post(page, form, HTTP_ACCEPT="application/json")
        if answer.status != 200:
            raise SystemExit(f"{page}: {answer.status} {answer.text[:300]}")
        version = json.loads(answer.text)["version"]
        times.append(answer.cpu_ms)
    median = statistics.median(times[2:])
    met = median <= MOST_MS_FOR_A_SAVE
    aim = f"aim: at most {MOST_MS_FOR_A_SAVE} ms"
    print(f"saving one answer: {median:.1f} ms ({aim}, {'met' if met else 'MISSED'})")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
