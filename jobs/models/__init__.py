from jobs.models.leased import LeasedRow
from jobs.models.letter import DailyLetter
from jobs.models.mail import Mail
from jobs.models.notice import Notice
from jobs.models.preference import NoticePreference
from jobs.models.tick import Tick

__all__ = ["DailyLetter", "LeasedRow", "Mail", "Notice", "NoticePreference", "Tick"]
