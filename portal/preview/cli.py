"""``portal forms preview``."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from werkzeug.serving import run_simple

from foundation.wording import N_
from portal.forms.cli import DEFAULT_FOLDER
from portal.forms.scaffold import file_of
from portal.forms.spoken import say, words
from portal.preview.app import Preview


@click.command()
@click.argument("procedure", required=False)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=DEFAULT_FOLDER,
    show_default=True,
    help="where the city's definitions are",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8090, show_default=True)
def preview(procedure: str | None, folder: Path, port: int) -> None:
    """Show the pages of PROCEDURE in a browser, anew after each change of its file."""
    if procedure is not None and not (folder / file_of(procedure)).exists():
        missing = words(N_("%(file)sがありません"), file=str(folder / file_of(procedure)))
        raise click.ClickException(missing)
    # Every look for changes would be a line of its own.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    address = f"http://127.0.0.1:{port}/preview" + (f"/{procedure}" if procedure else "")
    with TemporaryDirectory(prefix="madoguchi-preview-") as data_dir:
        application = Preview(folder, Path(data_dir), port)
        click.echo(address)
        say(N_("Ctrl+Cで終わります。そこで入力したものは、どこにも残りません。"))
        run_simple("127.0.0.1", port, application, threaded=True)
