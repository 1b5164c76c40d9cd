# Node 22 and not 24: SQLite's library, compiled for Node 24.19 or later, ends the process by an assertion.
FROM node:22-bookworm AS libraries
WORKDIR /expograph
COPY .npmrc package.json package-lock.json ./
# SQLite is compiled here where no built one can be fetched; the last stage has no compiler.
RUN ["npm", "ci", "--omit=dev", "--no-audit", "--no-fund"]

FROM node:22-bookworm AS build
WORKDIR /expograph
COPY .npmrc package.json package-lock.json ./
RUN ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
COPY tsconfig.json tsconfig.build.json tsconfig.client.json ./
COPY schema schema
COPY src src
RUN ["npm", "run", "build"]

FROM node:22-bookworm-slim
LABEL org.opencontainers.image.title="Expograph" \
  org.opencontainers.image.description="Trade conventions, their editions and what was signed there, published as one GraphQL graph with a source behind every number." \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=4000 \
  DATABASE_PATH=/var/lib/expograph/expograph.db
# A new volume takes its owner from this folder.
RUN ["install", "--directory", "--owner=node", "--group=node", "/var/lib/expograph"]
WORKDIR /expograph
COPY LICENSE package.json ./
COPY completion completion
COPY data data
COPY migrations migrations
COPY schema schema
COPY --from=libraries /expograph/node_modules node_modules
COPY --from=build /expograph/dist/command dist/command
COPY --from=build /expograph/dist/web dist/web
USER node
VOLUME ["/var/lib/expograph"]
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/expograph/dist/command/main.js"]
CMD ["serve"]
