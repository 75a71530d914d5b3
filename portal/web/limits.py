"""How often one network may ask for the things that cost: generous for people, tight for machines."""

from ipaddress import ip_address, ip_network
from time import time

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from portal.wiring import wired

START = "60/hour"
UPLOAD = "400/hour"
SEND = "30/hour"
CODE = "30/hour"

REDIS_SECONDS = 0.5  # a customer waits for this when Redis hangs


def _network() -> str:
    """The visitor's address; of IPv6 the network, for a household has billions of addresses."""
    address = ip_address(get_remote_address())
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


limiter = Limiter(key_func=_network)
# Asking for mail counts together, whatever page asks.
limit_sending = limiter.shared_limit(SEND, scope="send", methods=["POST"])


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
    """How long the limit that just refused goes on refusing."""
    refused = limiter.current_limit
    return max(1, int(refused.reset_at - time())) if refused else 60
