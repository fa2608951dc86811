from django.urls import path

from careers import views
from careers.credentials import views as credentials

app_name = "careers"

urlpatterns = [
    path("", views.my_learning, name="my_learning"),
    path("history/", views.history, name="history"),
    path("bookmarks/", views.bookmarks, name="bookmarks"),
    path("notes/", views.notes, name="notes"),
    path("notes/my-notes.md", views.export_notes, name="export_notes"),
    path("notes/<int:pk>/", views.note, name="note"),
    path("notes/<int:pk>/delete/", views.delete_note, name="delete_note"),
    path("notes/<int:pk>/restore/", views.restore_note, name="restore_note"),
    path("plan/", views.plan, name="plan"),
    path("plan/weekly-plan.ics", views.download, name="download_plan"),
    path("plan/feed/renew/", views.renew_feed, name="renew_feed"),
    path("plan/feed/end/", views.end_feed, name="end_feed"),
    path("calendar/<str:key>.ics", views.feed, name="feed"),
    path("pages/<int:pk>/", views.my_page, name="my_page"),
    path("pages/<int:pk>/keep/", views.keep, name="keep"),
    path("pages/<int:pk>/drop/", views.drop, name="drop"),
    path("pages/<int:pk>/notes/", views.write_note, name="write_note"),
    path("pages/<int:pk>/place/", views.place, name="place"),
    path("paths/<int:pk>/", views.my_path, name="my_path"),
    path("paths/<int:pk>/enrol/", views.enrol, name="enrol"),
    path("paths/<int:pk>/leave/", views.leave, name="leave"),
    path("pages/<int:pk>/done/", views.done, name="done"),
    path("pages/<int:pk>/undo/", views.undo, name="undo"),
    path("pages/<int:pk>/reading/", views.reading, name="reading"),
    path("pages/<int:pk>/opened/", views.opened, name="opened"),
    path("kept/", views.kept, name="kept"),
    path("kept/preview/", views.kept_preview, name="kept_preview"),
    path("kept/take/", views.kept_take, name="kept_take"),
    path("feedback/<int:pk>/", views.feedback, name="feedback"),
    path("fragments/path/<int:pk>/", views.path_fragment, name="path_fragment"),
    path("fragments/page/<int:pk>/", views.page_fragment, name="page_fragment"),
    path("fragments/bookmark/<int:pk>/", views.bookmark_fragment, name="bookmark_fragment"),
    path("fragments/notes/<int:pk>/", views.notes_fragment, name="notes_fragment"),
    path("fragments/feedback/<int:pk>/", views.feedback_fragment, name="feedback_fragment"),
    path("certificates/", credentials.mine, name="certificates"),
    path("certificates/get/<int:pk>/", credentials.get, name="get_certificate"),
    path("certificates/<str:code>/hide/", credentials.hide, name="hide_certificate"),
    path("certificates/<str:code>/name/", credentials.reissue, name="reissue_certificate"),
    path("hours/", credentials.hours, name="hours"),
    path("hours/learning-hours.csv", credentials.hours_csv, name="hours_csv"),
]
