"""What knows no Flask: time words, money, text, language, rights, history, database."""
