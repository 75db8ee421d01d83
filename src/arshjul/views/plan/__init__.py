"""The tidplan: the table of a year, in every format."""
