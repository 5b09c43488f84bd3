"""``letters templates`` → which letters there are, whose version wins, and what each needs."""

from __future__ import annotations

import click

from letters.cli.output import Output
from letters.cli.translated import TranslatedGroup, argument, command
from letters.errors import N_

ORIGINS = {"kantor": N_("office"), "bawaan": N_("built in")}


@click.group(cls=TranslatedGroup, help=N_("The letters that can be made."))
def templates() -> None:
    """Hold the commands about templates."""


@command("list", help=N_("List the templates: the office's own and the built-in ones."))
@click.pass_obj
def list_templates(output: Output) -> None:
    """Print name, kind, stage, origin and title of each template."""
    from letters.batch.workspace import template_folders
    from letters.merge import Templates

    library = Templates(template_folders(output.folder))
    found = [library.load(listing.name) for listing in library.names()]
    if not output.as_json:
        headings = [N_("Template"), N_("Kind"), N_("Stage"), N_("Origin"), N_("Title")]
        rows = [
            [t.name, t.front.kind, ", ".join(t.front.stages) or "-", output.text(ORIGINS[t.origin]), t.front.title]
            for t in found
        ]
        output.table(headings, rows)
    output.result(templates=[_data(template) for template in found])


@command("show", help=N_("Show what a template needs and whom it is for."))
@argument("name", metavar="TEMPLATE")
@click.pass_obj
def show(output: Output, name: str) -> None:
    """Print a template's front matter, its file, and the fields it reads."""
    from letters.batch.workspace import template_folders
    from letters.merge import Templates

    library = Templates(template_folders(output.folder))
    template = library.load(name)
    fields = sorted(library.fields(template))
    front = template.front
    lines = [
        (N_("Template"), template.name),
        (N_("Title"), front.title),
        (N_("File"), str(template.path)),
        (N_("Origin"), output.text(ORIGINS[template.origin])),
        (N_("Kind"), front.kind),
        (N_("Election"), ", ".join(front.elections) or "-"),
        (N_("Stage"), ", ".join(front.stages) or "-"),
        (N_("For"), ", ".join(front.audience) or "-"),
        (N_("Fields"), ", ".join(fields)),
    ]
    for label, value in lines:
        output.say("{label}: {value}", label=output.text(label), value=value)
    output.result(template=_data(template), fields=fields)


@command(
    "copy", help=N_("Copy a built-in template, frame (naskah/…) or surat.css to the office's folder to change it.")
)
@argument("name", metavar="TEMPLATE")
@click.pass_obj
def copy(output: Output, name: str) -> None:
    """Write the copy and say where it is."""
    from letters.batch.own_template import copy_template

    path = copy_template(output.folder, name)
    output.say(N_("Copied to {path}; from now on this version counts."), path=path)
    output.result(path=path)


templates.add_command(list_templates)
templates.add_command(show)
templates.add_command(copy)


def _data(template: object) -> dict[str, object]:
    from letters.merge import Template

    assert isinstance(template, Template)
    front = template.front
    return {
        "name": template.name,
        "kind": front.kind,
        "title": front.title,
        "elections": list(front.elections),
        "stages": list(front.stages),
        "audience": list(front.audience),
        "origin": template.origin,
        "path": template.path,
    }
