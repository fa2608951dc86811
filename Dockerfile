# One image for every service: web, workers, schedule and preparation differ by command only.

FROM node:22-bookworm-slim AS scripts
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund


FROM python:3.11-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/venv
RUN pip install --no-cache-dir "uv>=0.9,<1"
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --extra sentry
COPY . .
COPY --from=scripts /app/node_modules ./node_modules
# Nothing of this environment is kept: it only lets the settings load.
RUN PORTAL_MODE=production \
    PORTAL_DATA_DIR=/tmp/build \
    SECRET_KEY=only-for-collecting-static-files-while-the-image-is-built \
    ALLOWED_HOSTS=localhost \
    BASE_URL=http://localhost:8000 \
    DATABASE_URL=sqlite:////tmp/build/unused.sqlite3 \
    REDIS_URL=redis://unused:6379/0 \
    EMAIL_URL=smtp://unused:25 \
    DEFAULT_FROM_EMAIL=portal@example.org \
    DIGEST_FROM_EMAIL=digest@example.org \
    /venv/bin/python manage.py collectstatic --no-input \
    && /venv/bin/python -m compileall -q . \
    && rm -rf /tmp/build node_modules


FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap ffmpeg fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --home-dir /data --no-create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0750 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PORTAL_MODE=production \
    PORTAL_DATA_DIR=/data
USER portal
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["deploy/entrypoint"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py"]
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=3 CMD ["python", "deploy/healthcheck.py"]
