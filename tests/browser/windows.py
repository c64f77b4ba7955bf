"""The windows that people look at pages through."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """How somebody looks at pages."""

    width: int = 1280
    dark: bool = False
    scripts: bool = True

    def __str__(self) -> str:
        scripts = "scripts" if self.scripts else "no scripts"
        return f"{self.width}, {'dark' if self.dark else 'light'}, {scripts}"


#: With scripts: either width and either colour.
SCRIPTED = (Window(1280), Window(390, dark=True))
#: Each width, each colour, with scripts and without: every pair of these at least once.
STORIES = (
    Window(1280, dark=False, scripts=True),
    Window(390, dark=True, scripts=True),
    Window(1280, dark=True, scripts=False),
    Window(390, dark=False, scripts=False),
)
