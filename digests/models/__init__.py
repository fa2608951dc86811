from digests.models.click import Clicks
from digests.models.consent import ConsentReceipt
from digests.models.delivery import Delivery
from digests.models.desk_settings import DigestSettings
from digests.models.domain import MailDomain
from digests.models.edition import Edition, EditionItem
from digests.models.event import MailEvent
from digests.models.forgotten import ForgottenAddress
from digests.models.imported import SubscriberImport
from digests.models.pace import Pace
from digests.models.run import Run
from digests.models.subscriber import Subscriber

__all__ = [
    "Clicks",
    "ConsentReceipt",
    "Delivery",
    "DigestSettings",
    "Edition",
    "EditionItem",
    "ForgottenAddress",
    "MailDomain",
    "MailEvent",
    "Pace",
    "Run",
    "Subscriber",
    "SubscriberImport",
]
