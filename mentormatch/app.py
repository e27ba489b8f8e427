"""The only wiring: settings in, a running application or the command line out."""

from pathlib import Path
from typing import Final

import structlog
from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from mentormatch.cli import commands
from mentormatch.cli.applications import Wiring
from mentormatch.domain.clocks import Clock, utc_now
from mentormatch.notices.composing import Composer
from mentormatch.notices.mailing import FolderTransport, Transport
from mentormatch.notices.smtp import MailServer, SmtpTransport
from mentormatch.persistence.database import Transactions, configure_engine, db
from mentormatch.persistence.installation_files import InstallationFiles
from mentormatch.services.appointing_coordinators import AppointingCoordinators
from mentormatch.services.asking_links import AskingLinks
from mentormatch.services.bundle import Services
from mentormatch.services.calling_off_rounds import CallingOffRounds
from mentormatch.services.changing_signup import ChangingSignup
from mentormatch.services.claiming_rounds import ClaimingRounds
from mentormatch.services.confirming_signups import ConfirmingSignups
from mentormatch.services.development_bundle import DevelopmentServices
from mentormatch.services.editing_mail_texts import EditingMailTexts
from mentormatch.services.editing_programmes import EditingProgrammes
from mentormatch.services.exporting_rounds import ExportingRounds
from mentormatch.services.holding_mail import HoldingMail
from mentormatch.services.importing_participants import ImportingParticipants
from mentormatch.services.knowing_viewers import KnowingViewers
from mentormatch.services.listing_participants import ListingParticipants
from mentormatch.services.loading_demo import LoadingDemo
from mentormatch.services.mail_bundle import MailServices
from mentormatch.services.mailing_links import MailingLinks
from mentormatch.services.noting_bounces import NotingBounces
from mentormatch.services.overseeing_programmes import OverseeingProgrammes
from mentormatch.services.own_bundle import OwnServices
from mentormatch.services.pairing_bundle import PairingServices
from mentormatch.services.pairing_mails import PairingMails
from mentormatch.services.parting import Parting
from mentormatch.services.people_bundle import PeopleServices
from mentormatch.services.policy_bundle import PolicyServices
from mentormatch.services.previewing_mails import PreviewingMails
from mentormatch.services.publishing_rounds import PublishingRounds
from mentormatch.services.reading_notices import ReadingNotices
from mentormatch.services.recalling_rounds import RecallingRounds
from mentormatch.services.records_bundle import RecordServices
from mentormatch.services.rehearsing_rounds import RehearsingRounds
from mentormatch.services.resending_failures import ResendingFailures
from mentormatch.services.resending_notices import ResendingNotices
from mentormatch.services.reviewing_rounds import ReviewingRounds
from mentormatch.services.rewriting_notices import RewritingNotices
from mentormatch.services.sending_notices import SendingNotices
from mentormatch.services.sending_tests import SendingTests
from mentormatch.services.showing_participants import ShowingParticipants
from mentormatch.services.showing_programmes import ShowingProgrammes
from mentormatch.services.signed_links import SignedLinks
from mentormatch.services.signing_in import SigningIn
from mentormatch.services.signing_up import SigningUp
from mentormatch.services.solving_rounds import SolvingRounds
from mentormatch.services.starting_rounds import StartingRounds
from mentormatch.services.verifying_rounds import VerifyingRounds
from mentormatch.services.workbench_bundle import WorkbenchServices
from mentormatch.services.writing_notices import WritingNotices
from mentormatch.settings import Settings, read_settings
from mentormatch.web.access import guard
from mentormatch.web.addresses import register_converters
from mentormatch.web.errors import register_error_pages
from mentormatch.web.filters import register_filters
from mentormatch.web.globals import register_globals
from mentormatch.web.languages import configure_languages
from mentormatch.web.security import configure_security, takes_mail_programs
from mentormatch.web.views import BLUEPRINTS
from mentormatch.worker.loops import Workers

PACKAGE: Final = Path(__file__).resolve().parent
ROOT: Final = PACKAGE / "_root" if (PACKAGE / "_root").exists() else PACKAGE.parent
"""Where templates and migrations lie: inside an installed wheel, or beside the package in a checkout."""

ONE_MIB: Final = 1024 * 1024


def create_app(settings: Settings, clock: Clock = utc_now) -> Flask:
    """Build the application; the database is not touched before the first use case."""
    app = Flask("mentormatch", template_folder=str(ROOT / "templates"), static_folder=str(PACKAGE / "web" / "static"))
    _configure(app, settings)
    _configure_database(app)
    app.extensions["mentormatch"] = _services(settings, clock)
    _configure_web(app, settings)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        TESTING=settings.testing,
        PROPAGATE_EXCEPTIONS=settings.testing,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        # A fault is logged with its statement; what people wrote, and the links mailed to them, stay out of the log.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        PUBLIC_URL=settings.public_url,
        MAIL_GOES=settings.mail_goes,
        MAIL_FOLDER="" if settings.smtp_url else str(settings.mail_folder),
        TRUSTED_HOSTS=[settings.host],
        SESSION_COOKIE_NAME="__Host-mentormatch" if settings.is_https else "mentormatch",
        # A Secure cookie on plain http is dropped without a word, and nobody can sign in.
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=ONE_MIB,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )


def _configure_database(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    with app.app_context():
        configure_engine(db.engine)


def _services(settings: Settings, clock: Clock) -> Services:
    transactions, composer = Transactions(), _composer(settings)
    links, files = SignedLinks(settings.secret_key, settings.public_url), _files(settings)
    writing, hold = WritingNotices(transactions, clock, composer, links), HoldingMail(transactions, clock, files)
    return Services(
        appointing_coordinators=AppointingCoordinators(transactions, clock, settings.public_url),
        asking_links=AskingLinks(transactions, clock),
        calling_off_rounds=CallingOffRounds(transactions, clock),
        changing_signup=ChangingSignup(transactions, clock),
        confirming_signups=ConfirmingSignups(transactions, clock),
        development=DevelopmentServices.of(transactions, clock),
        editing_programmes=EditingProgrammes(transactions, clock),
        exporting_rounds=ExportingRounds(transactions),
        importing_participants=ImportingParticipants(transactions, clock),
        knowing_viewers=KnowingViewers(transactions, clock),
        listing_participants=ListingParticipants(transactions),
        loading_demo=LoadingDemo(transactions, clock),
        mail=_mail_services(transactions, clock, composer, writing, hold),
        mailing_links=MailingLinks(transactions, clock, composer),
        overseeing_programmes=OverseeingProgrammes(transactions, clock),
        own=OwnServices.of(transactions, clock, files, Parting(PairingMails(composer))),
        pairings=PairingServices.of(transactions, clock, composer, links),
        people=PeopleServices.of(transactions, clock, Parting(PairingMails(composer))),
        policies=PolicyServices.of(transactions, clock),
        publishing_rounds=PublishingRounds(transactions, clock),
        reading_notices=ReadingNotices(transactions),
        records=RecordServices.of(transactions),
        resending_notices=ResendingNotices(transactions, clock, composer),
        reviewing_rounds=ReviewingRounds(transactions, clock),
        sending_notices=_sending_notices(settings, transactions, clock, composer, hold),
        showing_participants=ShowingParticipants(transactions, clock),
        showing_programmes=ShowingProgrammes(transactions, clock),
        signing_in=SigningIn(transactions, clock),
        signing_up=SigningUp(transactions, clock, AskingLinks(transactions, clock)),
        solving_rounds=SolvingRounds(transactions, clock, ClaimingRounds(transactions, clock), writing),
        starting_rounds=StartingRounds(transactions, clock),
        verifying_rounds=VerifyingRounds(transactions),
        workbench=WorkbenchServices.of(transactions, clock),
        writing_notices=writing,
    )


def _files(settings: Settings) -> InstallationFiles:
    return InstallationFiles(settings.folder, settings.installation)


def _mail_services(
    transactions: Transactions,
    clock: Clock,
    composer: Composer,
    writing: WritingNotices,
    hold: HoldingMail,
) -> MailServices:
    return MailServices(
        bounces=NotingBounces(transactions, clock),
        failures=ResendingFailures(transactions, clock, ResendingNotices(transactions, clock, composer).anew),
        hold=hold,
        previews=PreviewingMails(transactions, clock, composer),
        recalls=RecallingRounds(transactions, clock, composer),
        rehearsals=RehearsingRounds(transactions),
        rewriting=RewritingNotices(transactions, clock, writing),
        tests=SendingTests(transactions, clock, composer),
        texts=EditingMailTexts(transactions, clock, composer),
    )


def _composer(settings: Settings) -> Composer:
    return Composer(
        ROOT / "templates" / "notices",
        settings.public_url,
        settings.mail_from,
        idempotency_header=settings.smtp_idempotency_header,
    )


def _sending_notices(
    settings: Settings, transactions: Transactions, clock: Clock, composer: Composer, hold: HoldingMail
) -> SendingNotices:
    transport = _transport(settings, composer)
    return SendingNotices(transactions, clock, transport, composer.envelope_sender, gate=hold)


def _transport(settings: Settings, composer: Composer) -> Transport:
    if settings.smtp_url is None:
        return FolderTransport(settings.mail_folder)
    return SmtpTransport(MailServer.at(settings.smtp_url), composer.mail_domain)


def _configure_web(app: Flask, settings: Settings) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    register_converters(app)
    configure_languages(app)
    register_filters(app)
    register_globals(app)
    register_error_pages(app)
    configure_security(app)
    csrf = CSRFProtect(app)
    app.before_request(guard)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for view in filter(takes_mail_programs, app.view_functions.values()):
        csrf.exempt(view)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]


def log_without_values() -> None:
    """Let a logged fault show its lines only: where `rich` is installed, the values of variables would stand there."""
    *before, _ = structlog.get_config()["processors"]
    renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*before, renderer])


def main() -> None:
    """Run the command line."""
    log_without_values()
    commands.main(obj=Wiring(lambda **choices: create_app(read_settings(**choices)), Workers))
