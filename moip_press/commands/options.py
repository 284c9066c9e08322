"""The options that several verbs share, and what they name: kits, rules, a moment."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from moip_press.commands.running import Run, unreadable
from moip_press.report.messages import N_, Catalogue, available_languages

FORMATS = ("full", "concise", "json", "github")
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class NamedFolder(click.Path):
    """A folder that may still have to be made: any name but the empty one."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(path_type=Path, readable=False)
        self.catalogue = catalogue

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path. Raises ``click.BadParameter``."""
        if not os.fspath(value):
            self.fail(self.catalogue.gettext("The name of the folder is empty."), param, ctx)
        return super().convert(value, param, ctx)


def run_options(
    catalogue: Catalogue,
    *,
    form: bool = True,
    language: str | None = None,
    quiet: bool = True,
    cache: bool = False,
) -> Decorator:
    """The options of the run itself, which become the verb's first argument, a ``Run``.

    ``--language``, whose help is ``language`` where it means more than that of messages,
    ``--format`` and ``--quiet``; with ``cache``, ``--cache-dir`` and ``--no-cache``.
    """
    words = language or catalogue.gettext(
        "The language of messages; otherwise that of your session, else that of the kit."
    )
    options: list[Decorator] = [
        click.option("--language", type=click.Choice(available_languages()), help=words)
    ]
    if form:
        words = catalogue.gettext("How what is wrong is reported.")
        kinds = click.Choice(FORMATS)
        options.insert(0, click.option("--format", "form", type=kinds, default="full", help=words))
    if quiet:
        words = catalogue.gettext("Print errors only.")
        options.append(click.option("-q", "--quiet", is_flag=True, help=words))
    if cache:
        options = [*_cache_options(catalogue), *options]

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        called = _with_run(function)
        for option in options:
            called = option(called)
        return called

    return decorate


def _with_run(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the verb as click calls it: the options of the run made into a ``Run``."""

    @click.pass_obj
    @wraps(function)
    def called(
        run: Run,
        /,
        *,
        form: str | None = None,
        language: str | None = None,
        quiet: bool = False,
        cache_dir: Path | None = None,
        no_cache: bool = False,
        **given: Any,
    ) -> Any:
        asked = replace(
            run,
            form=form or "",
            language=language or run.language,
            quiet=quiet,
            cache_folder=cache_dir,
            keeps=not no_cache,
        )
        return function(asked, **given)

    return called


def _cache_options(catalogue: Catalogue) -> list[Decorator]:
    return [
        click.option(
            "--cache-dir",
            type=NamedFolder(catalogue),
            help=catalogue.gettext("The folder for what is kept between two runs."),
        ),
        click.option(
            "--no-cache",
            is_flag=True,
            help=catalogue.gettext("Neither use nor keep anything between two runs."),
        ),
    ]


def kit_argument() -> Decorator:
    """The optional folder of the kit."""
    return click.argument("kit", required=False, type=click.Path(path_type=Path))


def output_option(catalogue: Catalogue, words: str = "") -> Decorator:
    """``--output``: a folder; ``words`` say for what, where that is not the PDF alone."""
    return click.option(
        "-o",
        "--output",
        type=NamedFolder(catalogue),
        help=words or catalogue.gettext("The folder for the PDFs, instead of output/<kit>."),
    )


def select_option(catalogue: Catalogue) -> Decorator:
    """``--select``."""
    return click.option(
        "--select",
        multiple=True,
        metavar="KEY=VALUE[,VALUE…]",
        help=catalogue.gettext(
            "Only events that meet this: section, organiser, region, department, town, place, "
            "theme, audience, price, day, week, status, text or a field of your own, such as "
            "region=Bretagne; != excludes. Repeated, an event must meet all."
        ),
    )


def since_option(catalogue: Catalogue) -> Decorator:
    """``--since OLD``."""
    return click.option(
        "--since",
        metavar="OLD",
        help=catalogue.gettext(
            "Mark in the margin what has changed since OLD: a kit, a PDF, a released version "
            "(2021@v2) or a git revision (2021@HEAD~3)."
        ),
    )


def embargoed_option(catalogue: Catalogue) -> Decorator:
    """``--embargoed``: see ``press.embargo``."""
    return click.option(
        "--embargoed",
        is_flag=True,
        help=catalogue.gettext("Write it although the embargo of the kit has not ended."),
    )


def now(run: Run) -> datetime.datetime:
    """Return what stands for now: the moment of ``SOURCE_DATE_EPOCH``, else that of the clock."""
    return source_date(run) or datetime.datetime.now(datetime.UTC)


def watch_option(catalogue: Catalogue) -> Decorator:
    """``--watch``."""
    return click.option(
        "--watch",
        is_flag=True,
        help=catalogue.gettext("Build again each time that a file of the kit is saved."),
    )


def rules_option(catalogue: Catalogue, name: str, words: str, metavar: str = "CODE…") -> Decorator:
    """An option that names rules: codes, with commas or repeated; a letter names its family."""

    def codes(_: click.Context, param: click.Parameter, value: tuple[str, ...]) -> frozenset[str]:
        from moip_press.proofread.rules import rules_of

        found: set[str] = set()
        for asked in (code.strip().upper() for text in value for code in text.split(",")):
            named = {r.code for r in rules_of(asked[:1]) if r.code.startswith(asked)}
            if not named:
                raise click.BadParameter(
                    catalogue.gettext(
                        "there is no rule “{code}”; “moip-press rules” lists them."
                    ).format(code=asked),
                    param=param,
                )
            found |= named
        return frozenset(found)

    return click.option(name, multiple=True, metavar=metavar, callback=codes, help=words)


def source_date(run: Run) -> datetime.datetime | None:
    """Return the moment that ``SOURCE_DATE_EPOCH`` gives; none where it is not set.

    Raises ``click.UsageError`` where it is no number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return None
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        sentence = N_("SOURCE_DATE_EPOCH is not a number of seconds: “{value}”.")
        raise usage_error(run.catalogue, sentence, value=given) from None


def kit_folder(kit: Path | None, run: Run) -> Path:
    """Return the folder of the kit that is meant. Raises ``click.UsageError``."""
    from moip_press.kit import folders

    found = folders.find_kit(kit, Path())
    if found is not None:
        return found
    try:
        (kit or Path()).joinpath(folders.MANIFEST).stat()
    except PermissionError as error:
        said = run.catalogue.say(unreadable(kit or Path(), error))
        raise click.ClickException(said) from None
    except (OSError, ValueError):
        pass  # it is not there
    if kit is None:
        sentence = N_(
            "There is no kit here. Name its folder, or begin one with “moip-press new NAME”."
        )
        raise usage_error(run.catalogue, sentence)
    sentence = N_("“{folder}” is not a kit: it has no kit.yaml.")
    if not kit.is_absolute() and folders.find_kit("data" / kit, Path()):
        sentence = N_("“{folder}” is not a kit: it has no kit.yaml. Did you mean “{suggestion}”?")
    raise usage_error(run.catalogue, sentence, folder=kit, suggestion="data" / kit)


def usage_error(catalogue: Catalogue, sentence: str, **values: object) -> click.UsageError:
    """Return the error for a command line that cannot be meant."""
    return click.UsageError(catalogue.gettext(sentence).format(**values))


def refuse_source(output: Path | None, catalogue: Catalogue, *inputs: str) -> None:
    """Raise ``click.UsageError`` where an output would replace a source of a kit, or an input."""
    from moip_press.kit.folders import is_source

    if output is None or str(output) == "-":
        return
    if is_source(output) or any(output.resolve() == Path(name).resolve() for name in inputs):
        sentence = N_("“{path}” would be overwritten, and is a source: choose another file.")
        raise usage_error(catalogue, sentence, path=output)
