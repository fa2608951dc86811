"""How the site looks: tokens, contrast, fonts, and the one stylesheet made of them (`docs/adr/0024-look.md`)."""
