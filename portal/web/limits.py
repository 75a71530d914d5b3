"""How often one network may ask for the things that cost: generous for people, tight for machines."""

import hmac
from collections.abc import Callable, Iterator
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from time import time
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, parse, parse_many
from redis import RedisError

from portal.core.normalise import case_numbers, plates
from portal.core.providers import WELL_KNOWN
from portal.wiring import wired

START = "60/hour"
UPLOAD = "400/hour"
SEND = "30/hour"
CODE = "30/hour"
# Wrong answers to "which plate, which case number": from one network, and about one plate or one number from wherever.
LOOK_UP = "5/minute;20/hour;60/day"
LOOK_UP_ABOUT = "10/hour;30/day"
# Wrong passwords or codes for one account, from wherever. A new password, by mail, begins anew.
WRONG_ABOUT = "10/15 minutes;40/day"
# Places kept for requests nobody confirmed yet; above, keeping one costs effort (docs/adr/0020).
KEPT = parse("5/30 minutes")  # of one network, and of one mail domain that is no well-known provider
KEPT_NEAR = parse("20/30 minutes")  # of all networks of one IPv6 /48, as providers hand them to one customer

REDIS_SECONDS = 0.5  # a customer waits for this when Redis hangs

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
TooOften = RateLimitExceeded
NOBODY_KNOWS = ip_address("0.0.0.0")  # noqa: S104 - no server listens there


def _address() -> IPv4Address | IPv6Address:
    """The visitor's address; some proxies tell the port too. Those of whom none is told are counted together."""
    told = get_remote_address()
    with suppress(ValueError):
        return ip_address(told)
    with suppress(ValueError):
        return ip_address(urlsplit(f"//{told}").hostname or "")
    return NOBODY_KNOWS


def _network() -> str:
    """The visitor's address; of IPv6 the network, for a household has billions of addresses."""
    address = _address()
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


class _Limiter(Limiter):
    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        # No limit holds for every page, so nothing is looked up before the pages that have one say so.
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


# Every limit is looked at, so that the longest wait is the one that is told.
limiter = _Limiter(key_func=_network, fail_on_first_breach=False)
# Asking for mail counts together, whatever page asks.
limit_sending = limiter.shared_limit(SEND, scope="send", methods=["POST"])


def limit_looking_up(find: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """Let `find` be called only so often by who said `count_wrong_answer`; right answers are free."""
    limits = (
        limiter.shared_limit(LOOK_UP, scope="look-up", deduct_when=_was_wrong),
        limiter.shared_limit(
            LOOK_UP_ABOUT, scope="look-up plate", key_func=_about_plate, deduct_when=_was_wrong
        ),
        limiter.shared_limit(
            LOOK_UP_ABOUT, scope="look-up number", key_func=_about_number, deduct_when=_was_wrong
        ),
    )
    for limit in limits:
        find = limit(find)
    return find


def keeps_often(domain: str) -> bool:
    """Whether enough places were kept of late for this network, or for addresses of the mail `domain`, if it has one."""
    with _counters_may_be_gone():
        return not all(limiter.limiter.test(limit, *key) for limit, *key in _kept(domain))
    return False


def count_kept(domain: str) -> None:
    """One more place is kept."""
    with _counters_may_be_gone():
        for limit, *key in _kept(domain):
            limiter.limiter.hit(limit, *key)


def _kept(domain: str) -> Iterator[tuple[RateLimitItem, str, str]]:
    if _switched_off():
        return
    yield KEPT, "kept", _network()
    address = _address()
    if address.version == 6:
        yield KEPT_NEAR, "kept near", str(ip_network((address, 48), strict=False))
    if domain and domain not in WELL_KNOWN:
        yield KEPT, "kept domain", _secret(domain)


def limit_wrong(scope: str, whose: Callable[[], str]) -> Any:
    """Let a page be sent only so often with something wrong for the account that `whose` names, known or not.

    What is right leads on, and is free.
    """
    return limiter.shared_limit(
        WRONG_ABOUT,
        scope=scope,
        key_func=lambda: _secret(whose()),
        methods=["POST"],
        deduct_when=lambda response: not 300 <= response.status_code < 400,
    )


def forgive(scope: str, whose: str) -> None:
    """Forget what was wrong for an account."""
    with _counters_may_be_gone():
        for limit in parse_many(WRONG_ABOUT):
            limiter.limiter.clear(limit, _secret(whose), scope)


def _counters_may_be_gone() -> suppress:
    """Whoever counts by hand goes on uncounted when Redis goes in that moment; the next page counts in memory."""
    return suppress(RedisError)


def count_wrong_answer() -> None:
    """Count this request as a wrong answer."""
    g.wrong_answer = True


def _was_wrong(_response: Response) -> bool:
    return bool(g.get("wrong_answer"))


def _about_plate() -> str:
    return _secretly(plates.key(request.form["plate"]))


def _about_number() -> str:
    return _secretly(case_numbers.key(request.form["number"]))


def _secretly(key: str) -> str:
    return _secret(f"{g.garage.id} {key}")


def _secret(key: str) -> str:
    # Counters lie in Redis for a day; whoever reads them there learns no plates.
    return hmac.digest(str(current_app.secret_key).encode(), key.encode(), "sha256").hex()


@limiter.request_filter
def _switched_off() -> bool:
    return not wired().settings.rate_limits


def init_app(app: Flask, redis_url: str) -> None:
    """Count in Redis if there is one, so that all web servers share the counters; else in each process."""
    app.config["RATELIMIT_STORAGE_URI"] = redis_url or "memory://"
    if redis_url:
        app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
        app.config["RATELIMIT_STORAGE_OPTIONS"] = {
            "socket_timeout": REDIS_SECONDS,
            "socket_connect_timeout": REDIS_SECONDS,
        }
    limiter.init_app(app)


def seconds_left() -> int:
    """How long the limits that just refused go on refusing."""
    ends = [limit.reset_at for limit in limiter.current_limits if limit.breached]
    return max(1, int(max(ends) - time())) if ends else 60
