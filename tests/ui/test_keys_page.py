"""docs/keys.md says what the table says: `python -m tests.ui.test_keys_page` writes it anew."""

from pathlib import Path

from ui import actions

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"
HEAD = """# Keys

Made from `ui/actions.py`: `python -m tests.ui.test_keys_page`. Keys of one letter work only where nothing is written,
can be switched off under Settings, and go by the key's place on layouts that are not Latin. On macOS Ctrl reads Cmd.
`?` is `F1` too; `J` and `K` move in lists as the arrows do.
"""
SCOPES = ("anywhere", "today", "messages", "composer", "sign-off", "calendar", "accounts")


def page() -> str:
    """The whole page."""
    made = [HEAD]
    for scope in [*SCOPES, *sorted({a.scope for a in actions.TABLE} - set(SCOPES))]:
        if held := actions.of(scope):
            made.append(f"## {scope.capitalize()}\n\n| keys | what they do |\n|---|---|\n")
            made[-1] += "".join(f"| `{actions.keys(a.id, scope)}` | {a.text} |\n" for a in held)
    return "\n".join(made)


def test_the_page_names_every_action_and_nothing_else():
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.ui.test_keys_page"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
