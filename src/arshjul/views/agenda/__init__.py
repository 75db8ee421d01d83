"""The ärendeplan: what each body takes up at each meeting."""
