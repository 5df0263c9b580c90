# One image for the bot and for workers of their own: `npm start` is the bot, `npm run worker` a worker.
FROM node:20.20.2-bookworm AS build
# TensorFlow's libraries lie in the cache, and the cache in the image.
ENV XDG_CACHE_HOME=/app/.cache
RUN apt-get update && apt-get install -y --no-install-recommends python3-pip && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts/install-tensorflow.ts scripts/build.mjs scripts/
COPY src/tf/engine.ts src/tf/
COPY src/tf/operations src/tf/operations
RUN npm ci
COPY . .
# The Slack that tests talk to is optional, since it runs on Linux x64 only; npm cannot say "optional and only for development".
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/local-slack-*

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production PEERLAB_HOME=/data PEERLAB_HOST=0.0.0.0 PEERLAB_PORT=3000
WORKDIR /app
COPY --from=build --chown=root:root /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "scripts/run.mjs", "main"]
