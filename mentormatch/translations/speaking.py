"""Teaching templates a language: `_`, `ngettext`, `{% trans %}`, and the one place where sentences are translated."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from mentormatch.domain.sentences import Sentence, said
from mentormatch.translations.catalogues import Language


def teach(environment: Environment, speaking: Callable[[], Language]) -> None:
    """Let an environment put its own words and every sentence it prints into the language that `speaking` names."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        gettext=lambda source: speaking().gettext(source),
        ngettext=lambda source, plural, num: speaking().ngettext(source, plural, num),
        newstyle=True,
        pgettext=lambda context, source: speaking().pgettext(context, source),
    )
    one: Callable[..., Any] = environment.globals["gettext"]  # type: ignore[assignment]  # globals hold anything
    several: Callable[..., Any] = environment.globals["ngettext"]  # type: ignore[assignment]  # as above

    def put(values: Mapping[str, object]) -> dict[str, object]:
        return {name: speaking().put(value) for name, value in values.items()}

    @pass_context
    def gettext(context: Context, source: str, /, **values: Any) -> Any:  # noqa: ANN401 -- text, or markup in pages
        return one(context, source, **put(values))

    @pass_context
    def ngettext(context: Context, source: str, plural: str, num: int, /, **values: Any) -> Any:  # noqa: ANN401 -- as above
        return several(context, source, plural, num, **put(values))

    environment.globals.update(
        {"gettext": gettext, "_": gettext, "ngettext": ngettext, "said": said, "speaking": speaking}
    )
    environment.finalize = lambda value: speaking().put(value) if isinstance(value, Sentence) else value
