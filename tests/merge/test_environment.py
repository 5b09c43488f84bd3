"""The sandbox holds by itself, even where the allow-list would have let something through."""

from __future__ import annotations

import pytest
from jinja2.exceptions import SecurityError

from letters.merge.environment import LetterEnvironment
from letters.merge.rendering import CURRENT, Refusal, Rendering
from letters.merge.sources import Sources
from tests.merge.conftest import write_files


@pytest.fixture
def render(tmp_path):
    """Return a function that renders a text nobody checked."""
    write_files(tmp_path, {"naskah/m.md": "{% set a = 'A' %}{% macro k() %}K{% endmacro %}"})
    environment = LetterEnvironment(Sources([tmp_path]))

    def rendered(text, **facts):
        template = environment.from_string(text)
        rendering = Rendering(in_place=True)
        token = CURRENT.set(rendering)
        try:
            text = "".join(template.root_render_func(template.new_context(facts)))
        finally:
            CURRENT.reset(token)
        for _, problem in rendering.refused:
            raise Refusal(problem.code, problem.message, problem.remedy)
        return text

    return rendered


@pytest.mark.parametrize("text", ["{{ f() }}", "{{ f(1)|upper }}", "{% call f() %}{% endcall %}"])
def test_functions_are_not_called(render, text):
    with pytest.raises(SecurityError):
        render(text, f=lambda *_: "x")


@pytest.mark.parametrize("text", ["{{ x.upper() }}", "{{ x['upper']() }}", "{{ x.__class__ }}", "{{ l.append(1) }}"])
def test_methods_and_python_attributes_are_not_there(render, text):
    with pytest.raises(Refusal):
        render(text, x="a", l=[])


@pytest.mark.parametrize("name", ["_iterable", "cycle", "changed", "nextitem", "depth", "__call__"])
def test_only_plain_facts_of_loop_are_there(render, name):
    with pytest.raises(Refusal):
        render(f"{{% for a in l %}}{{{{ loop.{name} }}}}{{% endfor %}}", l=["a"])


def test_of_an_imported_file_only_macros_are_there(render):
    assert render('{% import "naskah/m.md" as m %}{{ m.k() }}') == "K"
    for name in ("a", "_body_stream", "__name__", "__class__"):
        with pytest.raises(Refusal):
            render(f'{{% import "naskah/m.md" as m %}}{{{{ m.{name} }}}}')


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace"])
def test_none_of_the_usual_global_names_is_there(render, name):
    with pytest.raises(Refusal) as caught:
        render(f"{{{{ {name} }}}}")
    assert caught.value.problem.code == "merge.unknown-name"
