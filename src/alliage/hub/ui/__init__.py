"""The ground floor of the hub: base page, components, tokens, icons, formats, error pages, day and language."""
