from home.models.areas import Area
from home.models.base import BasePage
from home.models.content import ContentKind, ContentPage, ContentPageTag
from home.models.images import CustomImage, CustomRendition
from home.models.links import LinkPlace, LinkReading, WebLink
from home.models.pages import HomePage, HomePageFeature, StandardPage
from home.models.people import Person
from home.models.reviews import PageReview
from home.models.site_identity import SiteIdentity

__all__ = [
    "Area",
    "BasePage",
    "ContentKind",
    "ContentPage",
    "ContentPageTag",
    "CustomImage",
    "CustomRendition",
    "HomePage",
    "HomePageFeature",
    "LinkPlace",
    "LinkReading",
    "PageReview",
    "Person",
    "SiteIdentity",
    "StandardPage",
    "WebLink",
]
