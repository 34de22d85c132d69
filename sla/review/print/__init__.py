"""The pages of a pack on paper: HTML, charts and styles that its PDF is set from."""
