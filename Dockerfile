# By tag, for the last security fixes; a release is built from the tag's digest (CONTRIBUTING.md, "Releases").
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json rolldown.config.ts ./
COPY scripts/bundle scripts/bundle
COPY src src
# opencv-wasm ships a second copy of OpenCV for Deno, 10 MB; jpeg-turbo's binaries are there for all platforms; sharp as WebAssembly
# is for machines without its native binary.
RUN npm run build \
  && npm prune --omit=dev --no-audit --no-fund \
  && rm -f node_modules/opencv-wasm/opencv-bin.js node_modules/opencv-wasm/opencv-deno.js \
  && rm -rf node_modules/@img/sharp-wasm32 dist/types \
  && rm -rf dist/jpeg-turbo/prebuilds/*-darwin-* dist/jpeg-turbo/prebuilds/*-win32-*

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="valify-id-cropper-simulator" \
  org.opencontainers.image.description="A local simulator of Valify's ID Cropper API that really finds the card" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.authors="The valify-id-cropper-simulator authors" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.base.name="node:24-bookworm-slim"
# Loopback, the default elsewhere, would be out of reach from outside the container. Memory of 64 KB and more, as uploads arrive in, goes back to the
# system as it is freed, and two arenas are enough: glibc would keep 150 MB under load (bench/README.md#overload).
ENV NODE_ENV=production ID_CROPPER_HOST=0.0.0.0 MALLOC_MMAP_THRESHOLD_=65536 MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY fixtures fixtures
USER node
EXPOSE 3000
# The time-out covers a start of Node on a busy machine; the command itself gives up after 2 s.
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=3 CMD ["node", "/app/dist/cli.js", "healthcheck"]
# As process 1 the server handles SIGTERM itself: it needs neither a shell nor an init around it.
# SIGUSR1 would open Node's debugger. Room for 4 MB of young objects: with V8's own limit the heap of a server under load is a hundred MB larger.
ENTRYPOINT ["node", "--disable-sigusr1", "--max-semi-space-size=4", "/app/dist/cli.js"]
