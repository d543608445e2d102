"""The nouns of a ledger and its defects: frozen values, no input or output.

`check` of what did not change, and `--help`, need the defects alone: the nouns, which take longer to make than either answer, are
made when one is asked for.
"""

from typing import TYPE_CHECKING

from ledger.model.defects import Diagnostic, Related, Report, Trouble

if TYPE_CHECKING:
    from ledger.model.nouns import (
        CLAIM_FIELDS,
        CLAIMS,
        FOUND,
        HAND,
        NAMES,
        NO_QUOTES,
        REASONS,
        STANCES,
        TEXT,
        TEXT_RULES,
        Claim,
        Claimant,
        ClaimsFile,
        Field,
        Finding,
        Implication,
        Ledger,
        MadeText,
        Original,
        PassedOver,
        Place,
        Point,
        Position,
        Property,
        Resolution,
        Tension,
        Vocabulary,
        fields_of,
    )
else:

    def __getattr__(name: str) -> object:
        """A noun."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from ledger.model import nouns

        return getattr(nouns, name)


__all__ = [
    "CLAIMS",
    "CLAIM_FIELDS",
    "FOUND",
    "HAND",
    "NAMES",
    "NO_QUOTES",
    "REASONS",
    "STANCES",
    "TEXT",
    "TEXT_RULES",
    "Claim",
    "Claimant",
    "ClaimsFile",
    "Diagnostic",
    "Field",
    "Finding",
    "Implication",
    "Ledger",
    "MadeText",
    "Original",
    "PassedOver",
    "Place",
    "Point",
    "Position",
    "Property",
    "Related",
    "Report",
    "Resolution",
    "Tension",
    "Trouble",
    "Vocabulary",
    "fields_of",
]
