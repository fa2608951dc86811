"""Resumable uploads: the tus protocol (1.0.0) for large files from the admin.

`protocol` reads headers, `disk` keeps the bytes, `rules` says who may and how much, `actions` changes rows, and
`arrival` turns a complete file into a video.
"""
