"""The one script inside our pages: a stored theme must be there before the first paint, without a request for it.

The Content-Security-Policy lets it stand by its hash (CSP 3, 2.3.1), the same for every page, so that pages can be
cached. `static/js/theme.js` stores what it reads.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

SCRIPT = (
    'try{const t=localStorage.getItem("theme");'
    'if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}'
)
CSP_HASH = f"'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
