"""Presenters and views that are made of several classes: none of them puts a value where another one has a method."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap

import ui

MODULES = [one.name for one in pkgutil.walk_packages(ui.__path__, "ui.") if ".translations" not in one.name]


def assigned(cls: type) -> set[str]:
    """What its methods set on `self`."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    targets = [
        target
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    ]
    flat = [x for one in targets for x in (one.elts if isinstance(one, ast.Tuple) else [one])]
    return {
        one.attr for one in flat
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "self"
    }  # fmt: skip


def test_no_value_stands_where_a_method_was():
    wrong = []
    for name in MODULES:
        module = importlib.import_module(name)
        for cls in vars(module).values():
            if not inspect.isclass(cls) or cls.__module__ != name:
                continue
            ours = [one for one in cls.__mro__ if one.__module__.startswith("ui.")]
            methods = {m for one in ours for m, value in vars(one).items() if inspect.isfunction(value)}
            wrong += [f"{cls.__qualname__}.{one}" for base in ours for one in assigned(base) & methods]
    assert len(MODULES) > 50 and wrong == []
