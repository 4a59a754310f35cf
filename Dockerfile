# Posthorn in a container: the web app alone (the default), or `start` with the bundled mail server.
# deploy/docker/ has a compose file for each; web/deploy.integration.test.ts holds what is promised here.

FROM node:20.20-bookworm-slim AS build
# For the embedded database, where no prebuilt one fits.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 make g++ \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/posthorn
COPY package.json package-lock.json ./
COPY mailserver/package.json mailserver/
RUN npm ci --include=dev
COPY . .
RUN npm run build \
    && npm prune --omit=dev \
    && rm -rf .next/cache

FROM node:20.20-bookworm-slim
RUN useradd --system --uid 990 --user-group --no-create-home --home-dir /var/lib/posthorn posthorn \
    && install -d -o posthorn -g posthorn -m 700 /var/lib/posthorn
# Owned by root and never written to: the container's root may be read-only.
COPY --from=build /opt/posthorn /opt/posthorn
WORKDIR /opt/posthorn
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    POSTHORN_HOME=/var/lib/posthorn \
    POSTHORN_HOST=0.0.0.0
VOLUME /var/lib/posthorn
EXPOSE 3000
USER posthorn
# Whatever the prefix: one that is missing is put back.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.POSTHORN_WEB_PORT || 3000) + '/api/health').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/posthorn.mjs"]
CMD ["web"]
