from django.urls import path

from masterclasses.views import beats, captions, evenings, following, fragments, playback, remote, watching

app_name = "masterclasses"
urlpatterns = [
    path("captions/<int:pk>.vtt", captions.captions, name="captions"),
    path("chapters/<int:pk>.vtt", captions.chapters, name="chapters"),
    path("remote/", remote.webhook, name="remote_webhook"),
    path("remote/source/<str:token>/", remote.source, name="remote_source"),
    path("fragments/part/<int:pk>/", fragments.part_state, name="part_state"),
    path("captions/~<str:token>/<int:pk>.vtt", captions.captions),
    path("chapters/~<str:token>/<int:pk>.vtt", captions.chapters),
    path("beats/<int:pk>/", beats.beats, name="beats"),
    path("played/<int:pk>/", beats.coverage_page, name="coverage"),
    path("fragments/coverage/<int:pk>/", beats.coverage_fragment, name="coverage_fragment"),
    path("fragments/resume/<int:pk>/", watching.resume_fragment, name="resume_fragment"),
    path("fragments/going-on/<int:pk>/", watching.series_fragment, name="series_fragment"),
    path("following/", following.followed, name="following"),
    path("following/<int:pk>/", following.follow, name="follow"),
    path("following/<int:pk>/stop/", following.unfollow, name="unfollow"),
    path("fragments/follow/<int:pk>/", following.follow_fragment, name="follow_fragment"),
    path("f/<str:key>", following.stop_following, name="stop_following"),
    path("evenings.ics", evenings.feed, name="evenings"),
    path("evenings/<int:pk>.ics", evenings.evening, name="evening"),
    path("<uuid:uuid>/<uuid:version>/<str:name>", playback.file, name="file"),
    path("<uuid:uuid>/<uuid:version>/~<str:token>/<str:name>", playback.file),
]
