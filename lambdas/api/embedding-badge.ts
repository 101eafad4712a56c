import type { Dependency } from "../../shared/dependencies/dependency.ts";
import { badgeOf, type EmbeddingBadge } from "../../shared/embeddings/badge.ts";
import type { EmbedJob } from "../../shared/embeddings/embed-job.ts";
import { snapshotOwner } from "../../shared/providers/followed.ts";
import type { ApiPorts } from "./api-ports.ts";

/** The job that makes what a tenant finds of a dependency: its own, or that of the surface it follows. */
export const embedJobOf = (ports: Pick<ApiPorts, "embedJobs">, dependency: Dependency): Promise<EmbedJob | undefined> =>
  ports.embedJobs.get(snapshotOwner(dependency));

export const badgeOfDependency = async (
  ports: Pick<ApiPorts, "embedJobs">,
  dependency: Dependency,
): Promise<EmbeddingBadge> => badgeOf(await embedJobOf(ports, dependency));
