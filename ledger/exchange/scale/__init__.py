"""The question of contradictions asked of an engine that sorts and spreads very many claims; the rules stay where they are."""
