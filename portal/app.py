"""The Flask application of one municipality."""

import gc
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect

from portal import access, errors, i18n, security
from portal.applications import form_views, paper_views, payment_views
from portal.applications import views as applications
from portal.building import build_portal
from portal.catalogue import views as catalogue
from portal.config import Config
from portal.context import EXTENSION, Portal
from portal.counter import views as counter
from portal.counter.presentation import current_sitting
from portal.counter.tablet import tablet_is_with_resident
from portal.facilities import views as facilities
from portal.finance import claim_views, settlement_views
from portal.finance import views as finance
from portal.mail_links import views as mail_links
from portal.notices import views as notices
from portal.notices.service import unread_messages
from portal.office import admission_views, export_views, own_fields
from portal.office import paper_views as office_papers
from portal.office import views as office
from portal.people import current_resident, current_staff
from portal.requests import PortalRequest
from portal.shell import views as shell
from portal.sign_in import views as sign_in
from portal.staff import views as staff
from portal.staff.menu import staff_menu
from portal.surge import views as surge
from portal.webhooks import views as webhooks

#: Attachments and all fields of one post together, in bytes.
MAX_POST = 64 * 1024 * 1024

#: The features, each with its pages.
FEATURES = (
    shell,
    catalogue,
    sign_in,
    applications,
    facilities,
    mail_links,
    notices,
    staff,
    counter,
    office,
    finance,
    surge,
    webhooks,
)
#: Further pages of these features, on the same blueprints.
ALSO = (
    form_views,
    paper_views,
    payment_views,
    office_papers,
    export_views,
    own_fields,
    admission_views,
    claim_views,
    settlement_views,
)


def create_app(config: Config | None = None, portal: Portal | None = None) -> Flask:
    """The application for a configuration (by default the environment's), or a portal built
    before.

    Raises ConfigurationError or DefinitionErrors, and refuses to start with a route that has no
    access rule.
    """
    portal = portal or build_portal(config or Config.from_env())
    config = portal.config
    app = Flask(__name__)
    app.request_class = PortalRequest
    app.config.update(
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=MAX_POST,
        MAX_FORM_PARTS=5_000,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_NAME="madoguchi",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.production,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=8),
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        WTF_CSRF_TIME_LIMIT=8 * 3600,
        BABEL_DEFAULT_LOCALE="ja",
        BABEL_DEFAULT_TIMEZONE="Asia/Tokyo",
    )
    app.extensions[EXTENSION] = portal
    csrf = CSRFProtect(app)
    csrf.exempt(webhooks.blueprint)
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    i18n.install(app, portal.texts.translate)
    security.install(app, config)
    errors.install(app)
    access.install(app)
    _install_page_context(app, portal)
    return app


def served_app(config: Config | None = None) -> Flask:
    """The application as a server process runs it. Raises as ``create_app``.

    Thousands of definitions stay as long as the process: the garbage collector is told to leave
    them alone, instead of looking at all of them again whenever some requests have gone by.
    """
    app = create_app(config)
    gc.collect()
    gc.freeze()
    return app


def _install_page_context(app: Flask, portal: Portal) -> None:
    """What every template may ask."""
    app.jinja_env.globals.update(
        city=portal.catalogue.city,
        mocked=not portal.config.production,
        has_vendor_tokens=(Path(app.static_folder or "") / "vendor" / "tokens.css").exists(),
        current_resident=current_resident,
        current_staff=current_staff,
        tablet_is_with_resident=tablet_is_with_resident,
        staff_menu=staff_menu,
        unread_messages=unread_messages,
    )

    @app.context_processor
    def sitting() -> dict[str, object]:
        return {"sitting": current_sitting()}
