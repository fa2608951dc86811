"""Static files in production: named by their content, compressed, cached for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Modules import one another by relative paths, so the imports in them get the hashed names too."""

    support_js_module_import_aggregation = True
