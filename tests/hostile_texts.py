"""Texts that some format would take for markup, for a command or for a formula."""

from __future__ import annotations

# Each as the data has it, and as people's formats show it.
HOSTILE = {
    "[sic] and [/b] and [link=x]": "[sic] and [/b] and [link=x]",
    ":smile: and :warning:": ":smile: and :warning:",
    "::error file=x::pwned": "::error file=x::pwned",
    "##[add-mask]pwned": "## [add-mask]pwned",
    "=1+1 and more": "=1+1 and more",
    "@SUM(A1) of all": "@SUM(A1) of all",
    "+1 of them": "+1 of them",
    "-1 of them": "-1 of them",
    "a \x1b[31mred\x1b[0m word": "a <U+001B>[31mred<U+001B>[0m word",
    "a \u009b31m word": "a <U+009B>31m word",
    "a \u202eright-to-left\u202c word": "a <U+202E>right-to-left<U+202C> word",
    "a \u2066isolated\u2069 word": "a <U+2066>isolated<U+2069> word",
    "a \x7f word": "a <U+007F> word",
    "a hid\u200bden word": "a hid<U+200B>den word",
    "a {brace} and %s and {0}": "a {brace} and %s and {0}",
    "a | pipe and `code` and *stars*": "a | pipe and `code` and *stars*",
    "<script>alert(1)</script> it": "<script>alert(1)</script> it",
    "![x](http://a.example/b) it": "![x](http://a.example/b) it",
    "a\\ backslash \\n it": "a\\ backslash \\n it",
}
TEXTS = list(HOSTILE)
