import Negotiator from "negotiator";
import type * as z from "zod";
import packageJson from "../../package.json" with { type: "json" };
import type { diffBody, diffRoutes } from "../../shared/contracts/api/diff.ts";
import type { Clock } from "../../shared/jobs/ports.ts";
import { htmlContentSecurityPolicy } from "../../shared/report/html-policy.ts";
import { type ReportFormat, renderReport, reportMediaTypes } from "../../shared/report/render-report.ts";
import {
  type AdjustedChangeSet,
  type AdjustmentRequest,
  adjustChangeSet,
  type OperationFilter,
} from "../../shared/rules/adjust-change-set.ts";
import { compareDocuments } from "../../shared/rules/compare-documents.ts";
import { failingLevelsOf, isFailOnMet } from "../../shared/rules/fail-on.ts";
import { tagIndexOf } from "../../shared/rules/operation-tags.ts";
import { parseFilter } from "../../shared/rules/parse-filter.ts";
import { unknownRuleText } from "../../shared/rules/unknown-rule.ts";
import { readSide, type Side, type SidePorts } from "./diff-sides.ts";
import { InvalidRequestError, NotAcceptableError } from "./errors.ts";
import type { HandlersOf } from "./route-handler.ts";

type DiffRequest = z.output<typeof diffBody>;

/** By media type, in the order in which a tie is settled. GitHub's annotations are text that only `format` asks for. */
const formatByMediaType = {
  "application/json": "json",
  "text/html": "html",
  "text/markdown": "markdown",
  "text/plain": "text",
  "application/sarif+json": "sarif",
  "application/xml": "junit",
  "text/xml": "junit",
} as const satisfies Record<string, ReportFormat>;

export const diffHandlers = (ports: SidePorts & { clock: Pick<Clock, "nowMs"> }): HandlersOf<typeof diffRoutes> => ({
  async diff({ body, caller, accept }) {
    const format = body.format ?? acceptedFormat(accept);
    const request = adjustmentsOf(body);
    const [before, after] = await Promise.all([
      readSide(ports, caller.tenantId, "before", body.before),
      readSide(ports, caller.tenantId, "after", body.after),
    ]);
    const today = new Date(ports.clock.nowMs()).toISOString().slice(0, 10);
    const changes = compareSides(before, after, request, today);
    const { failOn } = body;
    const passed = !isFailOnMet(changes.counts, failOn);
    const headers = { "forewarn-passed": String(passed) };
    if (format === "json") return { status: 200, headers, body: { data: { passed, failOn, changes } } };
    const report = await renderReport(changes, format, {
      version: packageJson.version,
      failingLevels: failOn === "none" ? undefined : failingLevelsOf(failOn),
    });
    return {
      status: 200,
      headers: {
        ...headers,
        ...(format === "html" ? { "content-security-policy": htmlContentSecurityPolicy } : {}),
      },
      body: { bytes: new TextEncoder().encode(report), mediaType: reportMediaTypes[format] },
    };
  },
});

const compareSides = (
  before: Side,
  after: Side,
  request: AdjustmentRequest | undefined,
  today: string,
): AdjustedChangeSet => {
  const { changes: judged, models } = compareDocuments(before, after, {
    today,
    refuse: (side, error) => (side === "before" ? before : after).refuse(error),
    ...(before.locate === undefined ? {} : { locateBefore: before.locate }),
    ...(after.locate === undefined ? {} : { locateAfter: after.locate }),
    ...(before.source === undefined ? {} : { sourceBefore: before.source }),
    ...(after.source === undefined ? {} : { sourceAfter: after.source }),
  });
  if (request === undefined) return judged;
  return adjustChangeSet(judged, request, { today, tagsOf: tagIndexOf(...models) });
};

const acceptedFormat = (accept: string | undefined): ReportFormat => {
  const known = Object.entries(formatByMediaType);
  const [wanted] = new Negotiator({ headers: { accept } }).mediaTypes(known.map(([mediaType]) => mediaType));
  const format = known.find(([mediaType]) => mediaType === wanted)?.[1];
  if (format === undefined) {
    throw new NotAcceptableError(`a report is one of ${known.map(([mediaType]) => mediaType).join(", ")}`);
  }
  return format;
};

/** `undefined` when nothing is to be done after judgement. */
const adjustmentsOf = (body: DiffRequest): AdjustmentRequest | undefined => {
  const { severities, ignores, include, exclude } = body;
  for (const id of Object.keys(severities)) requireRule(id, `severities.${id}`);
  for (const [index, { rule }] of ignores.entries()) requireRule(rule, `ignores.${index}.rule`);
  const isEmpty = [Object.keys(severities), ignores, include, exclude].every(({ length }) => length === 0);
  if (isEmpty) return undefined;
  return {
    severities: new Map(Object.entries(severities)),
    ignores,
    include: filtersOf(include),
    exclude: filtersOf(exclude),
  };
};

const requireRule = (id: string, field: string): void => {
  const problem = unknownRuleText(id);
  if (problem !== undefined) throw new InvalidRequestError(problem, field);
};

/** The contract has checked their form. */
const filtersOf = (texts: readonly string[]): OperationFilter[] => texts.flatMap((text) => parseFilter(text) ?? []);
