import { createHash } from "node:crypto";
import type { feedRoutes } from "../../shared/contracts/api/feeds.ts";
import { changeFeedOf } from "../../shared/feeds/change-feed.ts";
import { createFeedToken, hashFeedToken } from "../../shared/feeds/feed-token.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import type { ApiPorts } from "./api-ports.ts";
import { ownDependency } from "./dependencies.ts";
import type { HandlersOf } from "./route-handler.ts";

const tokenBytes = 32;
/** The latest changes that a feed is made of. */
const maxChanges = 100;

export const feedHandlers = (ports: ApiPorts): HandlersOf<typeof feedRoutes> => ({
  async createFeed({ params, caller }) {
    const { tenantId } = caller;
    const { id: dependencyId } = await ownDependency(ports, tenantId, params.dependencyId);
    const token = createFeedToken(ports.randomBytes(tokenBytes));
    const made = { sha256: hashFeedToken(token), tenantId, dependencyId, createdAt: nowIso(ports) };
    // It opens nothing until the dependency names it.
    await ports.feedTokens.put(made);
    await ports.feedAccess.change(tenantId, dependencyId, () => made);
    return { status: 201, body: { data: { path: `/api/feeds/${token}` } } };
  },

  async deleteFeed({ params, caller }) {
    const { tenantId } = caller;
    const { id: dependencyId } = await ownDependency(ports, tenantId, params.dependencyId);
    await ports.feedAccess.change(tenantId, dependencyId, () => ({ tenantId, dependencyId, createdAt: nowIso(ports) }));
    return { status: 204, body: undefined };
  },

  async getFeed({ params }) {
    const sha256 = hashFeedToken(params.feedToken);
    const token = await ports.feedTokens.find(sha256);
    const access = token && (await ports.feedAccess.get(token.tenantId, token.dependencyId));
    const dependency =
      access?.sha256 === sha256 ? await ports.dependencies.get(access.tenantId, access.dependencyId) : undefined;
    if (dependency === undefined) throw new NotFoundError("feed", "at this address");
    const { id: dependencyId, tenantId } = dependency;
    const { items } = await ports.changes.list(tenantId, { dependencyId }, { limit: maxChanges });
    const bytes = Buffer.from(changeFeedOf(dependency, items));
    const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`;
    return {
      status: 200,
      body: { bytes, mediaType: "application/atom+xml" },
      headers: { etag, "cache-control": "private, max-age=300" },
    };
  },
});

const nowIso = (ports: ApiPorts): string => new Date(ports.clock.nowMs()).toISOString();
