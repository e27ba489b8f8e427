"""`mentormatch serve` and `mentormatch work`: the site with its workers, or workers alone."""

import logging
import signal
import threading
from importlib.resources import files
from types import FrameType
from typing import Final, NoReturn

import click
import waitress
from flask import Flask
from flask_migrate import upgrade
from waitress.server import BaseWSGIServer, MultiSocketServer

from mentormatch.cli.applications import application, use_cases, wiring
from mentormatch.cli.mail import in_words
from mentormatch.services.bundle import Services
from mentormatch.services.loading_demo import DEMO_SLUG

DEMO_COORDINATOR: Final = "lean.office@tarnhollow.example"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--demo", is_flag=True, help="Load the demo programme and print a coordinator's sign-in link.")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="Requests answered at once.")
@click.pass_context
def serve(context: click.Context, *, host: str, port: int, demo: bool, threads: int) -> None:
    """Bring the database up to date and serve the site, with its workers, until it is stopped."""
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, _end)
    app = application(context, public_url=f"http://{host}:{port}")
    server = _listen(app, host, port, threads)
    prepare(app, demo=demo)
    workers = wiring(context).workers(app)
    workers.start()
    try:
        server.run()
    finally:
        click.echo("Stopping.")
        workers.stop()
        server.close()


@click.command()
@click.pass_context
def work(context: click.Context) -> None:
    """Solve rounds and send mail without serving pages, until it is stopped."""
    workers = wiring(context).workers(application(context))
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    workers.start()
    stopping.wait()
    workers.stop()


def prepare(app: Flask, *, demo: bool) -> None:
    """Run the migrations and, for a demo, load the demo programme; doing it twice changes nothing."""
    with use_cases(app) as services:
        upgrade()
        click.echo(f"mentormatch at {app.config['PUBLIC_URL']}")
        click.echo(f"Mail goes {app.config['MAIL_GOES']}")
        if (hold := services.mail.hold.check()).is_on:
            click.echo(f"{in_words(hold)} Let it go: mentormatch mail release")
        if demo:
            click.echo(f"Sign in as coordinator: {_demo(services)}")


def _demo(services: Services) -> str:
    data = files("mentormatch.cli") / "demo"
    services.loading_demo.load((data / "people.csv").read_bytes(), (data / "hopes.csv").read_bytes())
    services.appointing_coordinators.appoint(DEMO_COORDINATOR)
    services.appointing_coordinators.appoint(DEMO_COORDINATOR, slug=DEMO_SLUG)
    return services.appointing_coordinators.console_link(DEMO_COORDINATOR)


def _listen(app: Flask, host: str, port: int, threads: int) -> BaseWSGIServer | MultiSocketServer:
    # A page asks for all its style sheets at once; that they wait for a free thread is no news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    # Before anything else is done: whoever started it twice is told so and nothing has changed.
    try:
        # The application counts the proxies it trusts; it needs the headers as they come.
        return waitress.create_server(
            app, host=host, port=port, threads=threads, ident=None, clear_untrusted_proxy_headers=False
        )
    except OSError as refused:
        raise click.ClickException(
            f"Cannot listen on {host}:{port} ({refused.strerror}). Is it running already? Choose another --port."
        ) from refused


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit
