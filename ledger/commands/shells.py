"""What shells are told for completion: a script for each, and how a word is written there so that nothing in it is ever run."""

from __future__ import annotations

import re
from typing import NamedTuple

# `${1##*/*}` is empty where the command was typed as a path: what lies in some folder is not run because somebody pressed TAB there.
BASH = """\
_ledger_completion() {
    [ -n "${1##*/*}" ] || return 0
    local IFS=$'\\n'
    COMPREPLY=($(set -f; command "$1" completion bash "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null))
    [ "${#COMPREPLY[@]}" -ne 1 ] || [ "${COMPREPLY[0]: -1}" != = ] || compopt -o nospace
}
complete -o bashdefault -o default -F _ledger_completion ledger factledger
"""
ZSH = """\
#compdef ledger factledger
_ledger_completion() {
    local -a found words_ shown
    local line
    [[ $words[1] != */* ]] || { _files; return }
    found=("${(@f)$(command $words[1] completion zsh "${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)}")
    for line in $found; do
        words_+=("${line%%$'\\t'*}")
        shown+=("${line//$'\\t'/  -- }")
    done
    (( $#words_ )) && compadd -l -d shown -a words_ || _files
}
if [ "$funcstack[1]" = _ledger_completion ]; then _ledger_completion "$@"; else compdef _ledger_completion ledger factledger; fi
"""
FISH = """\
function __ledger_completion
    set -l words (commandline -opc)
    string match -q '*/*' -- $words[1]; and return
    command $words[1] completion fish (commandline -cp) 2>/dev/null
end
for name in ledger factledger
    complete -c $name -f -a '(__ledger_completion)'
    complete -c $name -s C -x -a '(__fish_complete_directories (commandline -ct))'
end
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
_BREAKS = re.compile(r"""\s|\\.?|['"]|[^\s\\'"]+""", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+,=-]")


class Word(NamedTuple):
    """One word of a command line: as it was typed, what it means, and the quotation mark that is still open in it."""

    typed: str
    text: str
    open: str


def words_of(line: str) -> list[Word]:
    """The words of a command line up to the cursor; the last is the one that is being typed, and may be empty. Nothing is expanded."""
    found: list[Word] = []
    typed = text = quote = ""
    for match in _BREAKS.finditer(line):
        piece = match[0]
        if quote:
            if piece == quote:
                quote = ""
            elif piece[0] == "\\" and quote == '"':
                text += piece[1:] if piece[1:] in ('"', "\\", "$", "`") else piece
            else:
                text += piece
        elif piece.isspace():
            if typed:
                found.append(Word(typed, text, ""))
            typed = text = ""
            continue
        elif piece in ('"', "'"):
            quote = piece
        else:
            text += piece[1:] if piece[0] == "\\" else piece
        typed += piece
    return [*found, Word(typed, text, quote)]


def for_bash(text: str, word: Word, current: str) -> str:
    """A word as bash is to put it in the place of the one that is being typed. `current` is what bash takes for that word: the part behind
    the last `=` or `:`. Empty where it can't be written."""
    if word.open == '"':
        # an exclamation mark would bring back an earlier command, and can't be escaped here
        return "" if "!" in text else re.sub(r'(["\\$`])', r"\\\1", text)
    if word.open == "'":
        return text.replace("'", "'\\''")
    written = "".join(char if _PLAIN.match(char) or (char.isalnum() and not char.isascii()) else f"\\{char}" for char in text)
    lead = word.typed.removesuffix(current) if word.typed.endswith(current) else ""
    return written.removeprefix(lead) if written.startswith(lead) else ""
