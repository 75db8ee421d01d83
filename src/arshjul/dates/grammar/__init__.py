"""The grammar of the date language (spec 3): one class for each storey of it, one method for each rule."""
