"""What an installation keeps beside its database, so that a copy or an older state of the database is noticed."""

import json
import os
import secrets
from pathlib import Path
from typing import Any, Final

_IDENTITY: Final = "installation"
_LAST_MAIL: Final = "last_mail"
_ERASED: Final = "erased"


class InstallationFiles:
    """Small files in the installation's folder: its name, the mail that was handed over last, who was erased.

    The name counts only in the folder in which it was made: whoever copies the whole folder has another installation.
    A name that is given is everybody's who gives it, which is how several machines share one database.
    """

    def __init__(self, folder: Path, given_name: str | None = None) -> None:
        self._folder = folder
        self._name = given_name

    def name(self) -> str:
        """Return the name of this installation, making one if it has none."""
        if self._name is None:
            kept = self._read(_IDENTITY)
            is_ours = kept.get("folder") == str(self._folder.resolve()) and isinstance(kept.get("name"), str)
            self._name = str(kept["name"]) if is_ours else self._made()
        return self._name

    def last_mail(self) -> tuple[str, int] | None:
        """Return the Message-ID and the version of the mail that was handed over last, if any was."""
        kept = self._read(_LAST_MAIL)
        message_id, version = kept.get("message_id"), kept.get("version")
        return (message_id, version) if isinstance(message_id, str) and isinstance(version, int) else None

    def note_mail(self, message_id: str, version: int) -> None:
        """Note a mail that is about to be handed over; the database has it in this version or a later one."""
        self._write(_LAST_MAIL, {"message_id": message_id, "version": version})

    def forget_mail(self) -> None:
        """Take the database as it is: what was handed over before is no measure any more."""
        (self._folder / _LAST_MAIL).unlink(missing_ok=True)

    def erased(self) -> frozenset[tuple[int, str]]:
        """Return who was erased, as (participant id, when they were added): a restored database has them back."""
        try:
            lines = (self._folder / _ERASED).read_text(encoding="utf-8").splitlines()
        except OSError:
            return frozenset()
        kept = (line.split(" ") for line in lines)
        return frozenset((int(line[0]), line[1]) for line in kept if len(line) == 2 and line[0].isdecimal())

    def note_erased(self, participant_id: int, added_at: str) -> None:
        """Note that a participant was erased; the two numbers say nothing of who it was."""
        with (self._folder / _ERASED).open("a", encoding="utf-8") as file:
            file.write(f"{participant_id} {added_at}\n")

    def _made(self) -> str:
        name = secrets.token_hex(16)
        self._write(_IDENTITY, {"name": name, "folder": str(self._folder.resolve())})
        return name

    def _read(self, file: str) -> dict[str, Any]:
        try:
            kept = json.loads((self._folder / file).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _write(self, file: str, content: dict[str, Any]) -> None:
        draft = self._folder / f"{file}.{os.getpid()}.part"
        draft.write_text(json.dumps(content), encoding="utf-8")
        draft.replace(self._folder / file)
