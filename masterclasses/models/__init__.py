from masterclasses.models.coverage import WatchBeat, WatchCoverage
from masterclasses.models.cue import Cue
from masterclasses.models.following import Follow
from masterclasses.models.news import PartNews, Premiere
from masterclasses.models.pages import (
    MasterclassesPage,
    MasterclassPage,
    MasterclassPresenter,
    PartCaptions,
    PartChapter,
    PartDownload,
    PartPage,
)
from masterclasses.models.piece import Piece
from masterclasses.models.position import WatchPosition
from masterclasses.models.quota import CollectionQuota
from masterclasses.models.remote import RemoteEvent, RemoteJob
from masterclasses.models.transcode import Rendition, Transcode
from masterclasses.models.upload import Upload
from masterclasses.models.video import Video
from masterclasses.models.wishes import PublishWish

__all__ = [
    "CollectionQuota",
    "Cue",
    "Follow",
    "MasterclassPage",
    "MasterclassPresenter",
    "MasterclassesPage",
    "PartCaptions",
    "PartChapter",
    "PartDownload",
    "PartNews",
    "PartPage",
    "Piece",
    "Premiere",
    "PublishWish",
    "RemoteEvent",
    "RemoteJob",
    "Rendition",
    "Transcode",
    "Upload",
    "Video",
    "WatchBeat",
    "WatchCoverage",
    "WatchPosition",
]
