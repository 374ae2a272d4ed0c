"""The same page by the form engine, from its definition, with the same frame around it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from benchmarks.drafts import Drafts
from foundation.clock import jst_date, system_clock
from portal.forms import Context, Procedure, load_catalogue

_DEFINITIONS = Path(__file__).with_name("definitions")
_SECTION = "page"


def procedure() -> Procedure:
    """The definition of the page, compiled."""
    return load_catalogue(_DEFINITIONS).procedures["benchmark.page"]


def add_to(app: Flask, path: str, drafts: Drafts) -> Callable[..., Any]:
    """Serve the page at ``path``; what is posted is kept, a good post answered by a redirection."""
    compiled = procedure()

    def page() -> ResponseReturnValue:
        context = Context(today=jst_date(system_clock()), channel="online", resident={})
        if request.method == "GET":
            return _shown(compiled.render_section(_SECTION, {}, context))
        form = request.form.to_dict(flat=False)
        with drafts.filling_in() as draft:
            post = compiled.read_section(_SECTION, form, draft.answers, context)
            draft.keep(post.answers)
        if not post.errors:
            return redirect("/done", 303)
        return _shown(
            compiled.render_section(
                _SECTION,
                post.answers,
                context,
                raw=post.raw,
                errors=post.errors,
                evaluated=post.evaluated,
            )
        )

    def _shown(fields: str) -> str:
        return render_template("engine_page.html", fields=fields)

    app.add_url_rule(path, "engine_page", page, methods=["GET", "POST"])
    return page
