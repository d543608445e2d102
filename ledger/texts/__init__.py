"""How texts are written: seeds, quotes, sentences, dates, figures, words of languages; knows no claim."""
