"""Addresses below Wagtail's admin."""

from django.urls import path

from jobs.views import jobs, notices

app_name = "jobs"
urlpatterns = [
    path("jobs/", jobs.JobsView.as_view(), name="list"),
    path("jobs/table/", jobs.JobsTableView.as_view(), name="table"),
    path("jobs/<str:kind>/<int:pk>/retry/", jobs.retry_job, name="retry"),
    path("jobs/<str:kind>/<int:pk>/cancel/", jobs.cancel_job, name="cancel"),
    path("notices/", notices.NoticesView.as_view(), name="notices"),
    path("notices/read/", notices.read_notices, name="read_notices"),
    path("notices/<int:pk>/read/", notices.read_notices, name="read_notice"),
]
