"""The chart of a timeline: its axis, its lanes, its columns."""
