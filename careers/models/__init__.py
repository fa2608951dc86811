from careers.models.articles import ArticleAuthor, ArticlePage, RelatedPage
from careers.models.bookmarks import Bookmark
from careers.models.credentials import CertificateSettings, Credential, SigningKey
from careers.models.feedback import Feedback
from careers.models.hours import LearningHours
from careers.models.library import LibraryPage
from careers.models.notes import Note
from careers.models.paths import LearningPathPage, LearningPathsPage
from careers.models.places import ReadingPlace
from careers.models.plans import WeeklyPlan
from careers.models.progress import Completion, Enrolment, Withdrawal
from careers.models.reading import ReadingProgress, ReadingSession
from careers.models.resources import ResourcePage
from careers.models.settlements import PageSettlement
from careers.models.slots import PlanSlot
from careers.models.steps import COMPLETABLE, PathStage, PathStep
from careers.models.wordpress import WordPressImport, WordPressItem, WordPressOrigin

__all__ = [
    "COMPLETABLE",
    "ArticleAuthor",
    "ArticlePage",
    "Bookmark",
    "CertificateSettings",
    "Completion",
    "Credential",
    "Enrolment",
    "Feedback",
    "LearningHours",
    "LearningPathPage",
    "LearningPathsPage",
    "LibraryPage",
    "Note",
    "PageSettlement",
    "PathStage",
    "PathStep",
    "PlanSlot",
    "ReadingPlace",
    "ReadingProgress",
    "ReadingSession",
    "RelatedPage",
    "ResourcePage",
    "SigningKey",
    "WeeklyPlan",
    "Withdrawal",
    "WordPressImport",
    "WordPressItem",
    "WordPressOrigin",
]
