from careers.credentials.views.issuer import did_document, issuer_profile, key_set, status_list
from careers.credentials.views.mine import get, hide, hours, hours_csv, mine, reissue
from careers.credentials.views.public import badge, certificate, pdf

__all__ = [
    "badge",
    "certificate",
    "did_document",
    "get",
    "hide",
    "hours",
    "hours_csv",
    "issuer_profile",
    "key_set",
    "mine",
    "pdf",
    "reissue",
    "status_list",
]
