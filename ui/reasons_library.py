"""What the library of agreed wording refuses, for the window to say in other languages; what stands in braces varies."""

LIBRARY = (
    "Agreed language named “{name}” is in the library.",
    "{who} has proposed this as “{name}”.",
    "There is no one set “{name}”.",
    "The wording of “{name}” is not on this desk.",
    "The wording of “{name}” is not what was signed.",
)
