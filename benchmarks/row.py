"""The yardstick ROW: a bare view that reads one row through SQLAlchemy and renders a small page."""

import os

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy.orm import Mapped, mapped_column

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ row.name }}</title></head>
<body><h1>{{ row.name }}</h1><p>{{ row.words }}</p><ul>{% for n in range(5) %}<li>{{ n }}</li>{% endfor %}</ul></body>
</html>
"""

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["ROW_DATABASE_URL"]
app.jinja_loader = DictLoader({"page.html": PAGE})
db = SQLAlchemy(app)


class Row(db.Model):  # type: ignore[name-defined]
    __tablename__ = "bench_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    words: Mapped[str]


@app.get("/")
def page() -> str:
    return render_template("page.html", row=db.session.get(Row, 1))


with app.app_context():
    db.create_all()
    if db.session.get(Row, 1) is None:
        db.session.add(Row(id=1, name="One row", words="It says little."))
        db.session.commit()
    db.session.remove()
    db.engine.dispose()
