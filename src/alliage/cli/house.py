"""How every command of the house behaves: help in two languages, errors that help, no stack trace.

Typer reads the command line; these classes say in the person's language what it cannot read. Exit codes: 0 done,
1 errors found by ``check`` or nothing found by ``search``, 2 what was given is refused, 3 Alliage itself failed,
130 interrupted.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from alliage.cli.language import guessed
from alliage.cli.words import Words
from alliage.core.vocabulary.errors import AlliageError, Problem, shown

DONE, FOUND, REFUSED, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
DEBUG = "ALLIAGE_DEBUG"
OURS = ("plan-failed", "meetings-failed")  # problems that say a mistake of ours
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]  # public only through its child


class AsTyped:
    """Options are taken as they are typed, and each command reads its own: Typer 0.29 would import pydantic."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 - the names are Typer's
        """The value itself; nothing at all is an empty list where several may be given."""
        return [] if value is None and (param.multiple or param.nargs == -1) else value


class _Helping:
    """Help drawn from the words of the house."""

    def get_help_option(self, ctx: Any) -> Any:
        """The ``--help`` option."""
        option = super().get_help_option(ctx)  # type: ignore[misc]  # a mixin of Typer's commands
        if option is not None:
            option.get_runtime_param = AsTyped
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        write_help(self, ctx, formatter)


class HouseCommand(_Helping, TyperCommand):
    """A command of the house."""


class HouseGroup(_Helping, TyperGroup):
    """A group of commands; the outermost one turns every mistake into words and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line to its end, and exit."""
        given = list(sys.argv[1:] if args is None else args)
        words = guessed(given)
        translate(self, words)
        try:
            require_output()
            code = super().main(
                given, prog_name or "alliage", complete_var, False, windows_expand_args, obj=words, **extra
            )
            sys.stdout.flush()
        except (Exception, KeyboardInterrupt) as error:
            if os.environ.get(DEBUG):
                raise
            code = answer_for(error, words=words, as_json="--json" in given)
        if not standalone_mode:
            return code
        sys.exit(code if isinstance(code, int) else DONE)


def answer_for(error: BaseException, *, words: Words, as_json: bool) -> int:
    """Say what went wrong, and the exit code that it gives."""
    from alliage.cli.problems import report

    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):  # the reader (`head`, a pager) has left
        _write_no_more()
        return DONE
    if isinstance(error, OSError) and error.filename is None:  # a full disk, not a file that was given
        _write_no_more()
        error, as_json = no_output(), False
    if isinstance(error, AlliageError):
        report(error.problems, words=words, as_json=as_json and sys.stdout is not None)
        return FAILED if error.problems[0].code in OURS else REFUSED
    if isinstance(error, _UsageError):
        report([usage_problem(error)], words=words, as_json=as_json)
        return REFUSED
    report(
        [Problem("internal-error", "alliage", shown(f"{type(error).__name__}: {error}"), "")],
        words=words,
        as_json=as_json,
    )
    return FAILED


def require_output() -> None:
    """Refuse to answer where nobody can read.

    Raises:
        AlliageError: ``output-failed``, if standard output is closed.
    """
    if sys.stdout is None:
        raise no_output()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a letter that the output lacks is no reason to fail


def no_output() -> AlliageError:
    """That the answer could not be written."""
    return AlliageError([Problem("output-failed", "stdout")])


def _write_no_more() -> None:
    """Let go of standard output: nothing more may be written, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def usage_problem(error: Exception) -> Problem:
    """What Typer could not read, as a problem of ours."""
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "alliage"
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        return Problem("option-unknown", where, shown(option), ", ".join(options_of(context)))
    if option is not None:
        return Problem("option-value", f"{where} {option}", "", "")
    parameter = getattr(error, "param", None)
    if parameter is not None:
        return Problem("argument-missing", where, "", name_of(parameter))
    found = shown(quoted(str(getattr(error, "message", error))))
    command = getattr(context, "command", None)
    if isinstance(command, TyperGroup):
        return Problem("command-unknown", where, found, ", ".join(command.commands))
    return Problem("argument-extra", where, found, "")


def quoted(message: str) -> str:
    """The words of the person that a message of Typer's quotes: ``No such command 'x'.``, ``… argument (x)``."""
    found = re.search(r"'([^']*)'|\(([^()]*)\)$", message)
    return next(filter(None, found.groups()), "") if found else ""


def options_of(context: Any) -> list[str]:
    """The options that a command accepts."""
    if context is None:
        return []
    return [name for parameter in context.command.get_params(context) for name in parameter.opts if name[:2] == "--"]


def name_of(parameter: Any) -> str:
    """How a person writes a parameter: its option, or its name in capitals."""
    if parameter is None:
        return ""
    return str(parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.metavar or parameter.name.upper())


# ----------------------------------------------------------------------------------------------- completion


def install_completion(ctx: Any, parameter: Any, value: Any) -> Any:
    """What ``--install-completion`` does: Typer's installation, told in the words of the house.

    Raises:
        AlliageError: ``shell-unknown``.
    """
    if not value or ctx.resilient_parsing:
        return value
    from typer._completion_shared import install

    with redirect_stdout(io.StringIO()):
        shell, path = _for_this_shell(install, parameter)
    words: Words = ctx.obj
    typer.echo(words("completion.installed", shell=shell, path=path))
    typer.echo(words("completion.restart"))
    raise typer.Exit


def show_completion(ctx: Any, parameter: Any, value: Any) -> Any:
    """What ``--show-completion`` does: the script of this shell.

    Raises:
        AlliageError: ``shell-unknown``.
    """
    if not value or ctx.resilient_parsing:
        return value
    from typer.completion import show_callback

    written = io.StringIO()
    with redirect_stdout(written):
        _for_this_shell(lambda: show_callback(ctx, parameter, value), parameter, leaves=True)
    typer.echo(written.getvalue().rstrip())
    raise typer.Exit


def _for_this_shell(do: Callable[[], Any], parameter: Any, *, leaves: bool = False) -> Any:
    """What Typer does for the shell in use; where it gives up in English, a problem of ours.

    ``leaves``: when all goes well, Typer ends with exit code 0.
    """
    try:
        with redirect_stderr(io.StringIO()):
            return do()
    except (SystemExit, typer.Exit) as end:
        code = end.code if isinstance(end, SystemExit) else end.exit_code
        if leaves and not code:
            return None
    shell = Path(os.environ.get("SHELL", "")).name
    raise AlliageError([Problem("shell-unknown", parameter.opts[0], shown(shell), "bash, zsh, fish, powershell")])


COMPLETION: Mapping[str, Callable[..., Any]] = {
    "install_completion": install_completion,
    "show_completion": show_completion,
}

# ----------------------------------------------------------------------------------------------------- help


def translate(command: Any, words: Words, *, path: str = "alliage") -> None:
    """Give a command, its parameters and its sub-commands their help in one language."""
    name = path.removeprefix("alliage ").replace(" ", ".")
    command.help = command.short_help = words(f"help.{name}")
    for parameter in command.params:
        parameter.help = parameter_help(parameter, name, words)
        parameter.get_runtime_param = AsTyped
        if words.has(f"meta.{parameter.metavar}"):
            parameter.metavar = words(f"meta.{parameter.metavar}")
        if parameter.name in COMPLETION:
            parameter.callback = COMPLETION[parameter.name]
    for child_name, child in getattr(command, "commands", {}).items():
        translate(child, words, path=f"{path} {child_name}")


def parameter_help(parameter: Any, command: str, words: Words) -> str:
    """The help of one parameter: the command's own, or the one that all commands share."""
    written = parameter.opts[0].lstrip("-")
    own = f"help.{command}.{written}"
    return words(own) if words.has(own) else words(f"help.option.{written}")


def write_help(command: Any, ctx: Any, formatter: Any) -> None:
    """The help page of a command: how to call it, what it does, what it takes."""
    words: Words = ctx.obj
    formatter.write_usage(ctx.command_path, " ".join(_usage(command, words)), prefix=words("help.usage"))
    formatter.write_paragraph()
    formatter.write_text(command.help or "")
    parameters = command.get_params(ctx)
    sections = [
        ("help.arguments", [p for p in parameters if p.param_type_name == "argument"]),
        ("help.options", [p for p in parameters if p.param_type_name == "option"]),
    ]
    for title, found in sections:
        records = list(_records(found, ctx, words))
        if records:
            with _section(formatter, words(title), words):
                formatter.write_dl(records)
    commands = [(name, child.help or "") for name, child in getattr(command, "commands", {}).items()]
    if commands:
        with _section(formatter, words("help.commands"), words):
            formatter.write_dl(commands)


@contextmanager
def _section(formatter: Any, title: str, words: Words) -> Iterator[None]:
    """A part of the help page under its title, with the colon of its language."""
    formatter.write_paragraph()
    formatter.write(f"{words('help.section', title=title)}\n")
    with formatter.indentation():
        yield


def _usage(command: Any, words: Words) -> Iterator[str]:
    """What comes after the name of a command; what may be left out is in brackets."""
    yield words("help.option.any")
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            yield name_of(parameter) if parameter.required else f"[{name_of(parameter)}]"
    if getattr(command, "commands", None):
        yield words("help.command.any")


def _records(parameters: Sequence[Any], ctx: Any, words: Words) -> Iterator[tuple[str, str]]:
    for parameter in parameters:
        record = parameter.get_help_record(ctx)
        if parameter.param_type_name == "argument":
            yield name_of(parameter), parameter.help or ""
        elif "--help" in parameter.opts:
            yield "--help", words("help.option.help")
        elif record:
            yield record[0], parameter.help or ""
