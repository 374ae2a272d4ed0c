"""Building one municipality's portal from its configuration."""

import httpx

from auth.oidc.keys import load_or_create_key
from auth.oidc.provider import TIMEOUT
from auth.oidc.relying_party import RelyingParty
from auth.oidc.settings import RelyingPartySettings
from foundation.clock import Clock, system_clock
from foundation.database import Database
from foundation.events import Events
from payments.context import RevenueAccount
from payments.factory import PaymentSettings, build_payments
from portal.admission.service import Admission
from portal.applications import submissions
from portal.applications.aftermath import Aftermath
from portal.applications.definitions import Definitions
from portal.catalogue.finding import Finder
from portal.config import Config
from portal.context import Portal
from portal.finance.refunds import RefundsDue
from portal.forms import Catalogue, load_catalogue
from portal.i18n import DefinitionTexts
from portal.notices.service import Notices


def build_portal(config: Config, clock: Clock = system_clock) -> Portal:
    """Everything that a portal's processes share. Raises DefinitionErrors for a wrong definition.

    The subscriptions between the packages are made here, and nowhere else.
    """
    catalogue = load_catalogue(config.definitions_dir, config.data_dir / "checked-definitions")
    database = Database(config.database_url)
    events = Events()
    payments = build_payments(
        PaymentSettings(
            stripe_api_key=config.stripe_api_key,
            stripe_api_base=config.stripe_api_base,
            stripe_webhook_secrets=config.stripe_webhook_secrets,
            paypay_api_key=config.paypay_api_key,
            paypay_api_secret=config.paypay_api_secret,
            paypay_merchant_id=config.paypay_merchant_id,
            paypay_api_base=config.paypay_api_base,
        ),
        database,
        clock,
        events,
        revenue_accounts(catalogue),
    )
    relying_party = RelyingParty(
        RelyingPartySettings(
            issuer=config.oidc_issuer,
            client_id=config.oidc_client_id,
            redirect_uri=f"{config.public_url}/sign-in/callback",
            signing_key=load_or_create_key(config.oidc_client_key),
            production=config.production,
        ),
        clock,
        httpx.Client(timeout=TIMEOUT),
    )
    submissions.subscribe(events)
    Aftermath(payments).subscribe()
    RefundsDue(payments).subscribe()
    Admission(catalogue.procedures, clock).subscribe(events)
    definitions = Definitions(catalogue)
    Notices(config, clock, definitions).subscribe(events)
    texts = DefinitionTexts(config.definitions_dir / "translations")
    return Portal(
        config=config,
        database=database,
        clock=clock,
        events=events,
        catalogue=catalogue,
        definitions=definitions,
        texts=texts,
        finder=Finder(catalogue, texts),
        payments=payments,
        relying_party=relying_party,
    )


def revenue_accounts(catalogue: Catalogue) -> dict[str, RevenueAccount]:
    """歳入科目 of the city as payments know them."""
    return {
        code: RevenueAccount(
            code=code,
            title=account.title,
            kan=account.kan,
            kou=account.kou,
            moku=account.moku,
            setsu=account.setsu,
        )
        for code, account in catalogue.accounts.items()
    }
