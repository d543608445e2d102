"""What only makes an answer quicker: kept results, several processors. Nothing but commands imports it."""
