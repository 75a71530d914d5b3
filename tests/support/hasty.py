"""The portal, but it says yes before anything is written down: what a test of killed workers must find out."""

import threading

from flask import Response, redirect, url_for

from portal import create_app

LATER_SECONDS = 0.2

app = create_app()
_press = app.view_functions["customer.confirmation.press"]


def _say_yes_first(token: str) -> Response:
    address = url_for("customer.confirmation.show", token=token)
    threading.Timer(LATER_SECONDS, _press_later, [address, token]).start()
    return redirect(address, 303)


def _press_later(address: str, token: str) -> None:
    with app.test_request_context(address, method="POST"):
        app.preprocess_request()
        _press(token=token)


app.view_functions["customer.confirmation.press"] = _say_yes_first
