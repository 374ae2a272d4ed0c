"""Mock cards at the command line, so that a tester needs no page."""

from collections.abc import Callable

import click

from auth.jpki.mock.cards import CardBox
from auth.jpki.profile import CertificateKind

_KINDS = [kind.value for kind in CertificateKind]


def cards_group(
    open_cards: Callable[[], CardBox], is_production: Callable[[], bool]
) -> click.Group:
    """``cards list|unlock|revoke``; each refuses in production."""

    @click.group("cards", help="Mock My Number cards.")
    def cards() -> None:
        if is_production():
            raise click.ClickException("there are no mock cards in production")

    @cards.command("list", help="Every card, its PIN and the tries that are left.")
    def list_cards() -> None:
        box = open_cards()
        kind = CertificateKind.USER_AUTHENTICATION
        for persona in box.personas.values():
            left = box.tries_left(persona.id, kind)
            state = f"{left} tries left" if left else "locked"
            name = persona.basic_four.name.whole
            click.echo(f"{persona.id}\t{name}\tPIN {persona.pins[kind]}\t{state}")

    @cards.command("unlock", help="Let a card take its PINs again.")
    @click.argument("card_id")
    def unlock(card_id: str) -> None:
        box = open_cards()
        _require(box, card_id)
        box.unlock(card_id)
        click.echo(f"{card_id}: unlocked")

    @cards.command("revoke", help="Revoke a certificate that is on a card.")
    @click.argument("card_id")
    @click.option("--kind", type=click.Choice(_KINDS), default=_KINDS[0], show_default=True)
    def revoke(card_id: str, kind: str) -> None:
        box = open_cards()
        _require(box, card_id)
        box.revoke(card_id, CertificateKind(kind))
        click.echo(f"{card_id}: {kind} certificate revoked")

    return cards


def _require(box: CardBox, card_id: str) -> None:
    if card_id not in box.personas:
        raise click.ClickException(f"no card {card_id!r}; there are: {', '.join(box.personas)}")
