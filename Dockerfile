FROM node:20.20.2-bookworm-slim AS base
WORKDIR /app

FROM base AS build
COPY package.json package-lock.json .npmrc ./
# The build is run below, from the sources; no dependency needs its install script.
RUN npm ci --ignore-scripts
COPY tsconfig.json drizzle.config.ts ./
COPY domain ./domain
COPY db ./db
COPY activities ./activities
COPY workflows ./workflows
COPY worker ./worker
COPY client ./client
RUN npm run build

FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM base
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
COPY package.json ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY db/migrations ./db/migrations
USER node
# The worker; dist/client/api/main.js takes webhooks, the rest is dist/client/cli/main.js: migrate, doctor, orders …
ENTRYPOINT ["node"]
CMD ["--max-semi-space-size=32", "dist/worker/main.js"]
