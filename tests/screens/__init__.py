"""The screens, held to what the hub says."""
