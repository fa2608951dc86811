"""Which drills there are. Each has a module with HELP, MODULE, LEAST and add_arguments."""

from __future__ import annotations

from types import ModuleType

from portal.drills import progress_command, video_command
from portal.drills.digest import command as digest_command

DRILLS: dict[str, ModuleType] = {
    "video": video_command,
    "progress": progress_command,
    "digest": digest_command,
}
