"""How pages answer while ten reports are made, beside how they answer when nothing else is done."""

import re
import statistics
import tempfile
import time
from pathlib import Path
from urllib.request import OpenerDirector

from bench.served.site import get, post, running, signed_in

ROUNDS = 60
REPORTS = 10
TIMEOUT = 600


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as site:
        visitor = signed_in(site, Path(folder))
        pages = {
            "health check": "/healthz",
            "register": "/uses/",
            "one use": _uses(visitor, site)[0],
        }
        idle = {name: _median_ms(visitor, site + path, ROUNDS) for name, path in pages.items()}
        wanted = _request_reports(visitor, site)
        busy: dict[str, list[float]] = {name: [] for name in pages}
        begun = time.perf_counter()
        while _moving(visitor, site) and time.perf_counter() - begun < TIMEOUT:
            for name, path in pages.items():
                busy[name].append(_median_ms(visitor, site + path, 5))
        seconds = time.perf_counter() - begun
        print(f"{wanted} reports asked for at once: made in {seconds:.0f} s by one worker process")
        for name in pages:
            loaded = statistics.median(busy[name]) if busy[name] else float("nan")
            ratio = loaded / idle[name]
            times = f"idle {idle[name]:.1f} ms, meanwhile {loaded:.1f} ms"
            print(f"{name}: {times}, x{ratio:.2f} (aim at most 2)")


def _uses(visitor: OpenerDirector, site: str) -> list[str]:
    return sorted(set(re.findall(r'href="(/uses/[0-9a-f-]{36}/)"', get(visitor, f"{site}/uses/"))))


def _request_reports(visitor: OpenerDirector, site: str) -> int:
    wanted = [(use, language) for use in _uses(visitor, site) for language in ("en", "de")]
    for use, language in wanted[:REPORTS]:
        page = site + use
        action = re.search(r'action="(/assessments/[^"]+/reports/request)"', get(visitor, page))
        if action:
            post(visitor, site + action[1], {"language": language}, page)
    return len(wanted[:REPORTS])


def _moving(visitor: OpenerDirector, site: str) -> bool:
    shown = get(visitor, f"{site}/reports/")
    return "<span>Waiting</span>" in shown or "<span>Being made</span>" in shown


def _median_ms(visitor: OpenerDirector, url: str, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        get(visitor, url)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
