"""Finding among very many claims what the rules find: who can contradict whom, and how many do."""
