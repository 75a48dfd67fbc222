"""What is said of a record that can't be opened, or is brought to a newer form, for the window to say in other languages."""

STORE = (
    "This desk was made by a newer program (store {n}, this one knows {m}).",
    "Install g20desk {version} or newer on this computer. Nothing here was changed.",
    "Install the newer g20desk. Nothing here was changed.",
    "This desk was made by a program from before the first release (store {n}).",
    "Found the office anew; such a record can't be taken over.",
    "A newer form of this desk's record needs {n} MB of room, and {m} MB are free.",
    "Free some space, then start again; until then nothing is changed.",
    "The record is not sound in its newer form: {why}",
    "It is kept as it was before, as {name} in {folder}. Keep the folder and ask for help.",
    "Bringing this desk's record to the form of g20desk {version}. It may take a while.",
    "Another program is bringing this desk's record to its new form; waiting for it.",
    "Making the lists of this desk anew: {n} %",
    "This desk's record is damaged; nothing was changed.",
    "Keep the folder as it is and restore a backup beside it.",
    "Another program holds this desk's record.",
    "Close it, then do it again.",
    "The disk is full; nothing was lost.",
    "Free some space, then do it again.",
)
