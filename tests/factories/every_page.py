"""One factory for each type of page that visitors see."""

from tests.factories.careers import (
    ArticlePageFactory,
    LearningPathPageFactory,
    LearningPathsPageFactory,
    LibraryPageFactory,
    ResourcePageFactory,
)
from tests.factories.home import HomePageFactory, StandardPageFactory
from tests.factories.masterclasses import MasterclassesPageFactory, MasterclassPageFactory, PartPageFactory

PAGE_FACTORIES = [
    ArticlePageFactory,
    HomePageFactory,
    LearningPathPageFactory,
    LearningPathsPageFactory,
    LibraryPageFactory,
    MasterclassPageFactory,
    MasterclassesPageFactory,
    PartPageFactory,
    ResourcePageFactory,
    StandardPageFactory,
]
