import { describe, expect, it } from "vitest";
import { sendToTeams } from "../../../../shared/alerts/channel-kinds/teams.ts";
import { startTeams, teamsPath } from "../../../receivers/teams.ts";
import { sampleChannel } from "../sample-alert.ts";
import { changedEvent, everyEvent, testEvent } from "./events.ts";

const { secrets: _, ...base } = sampleChannel();
const channelAt = (url: string) => ({ ...base, type: "teams" as const, url });

describe("a Microsoft Teams channel", () => {
  it("is told of a change in an Adaptive Card", async () => {
    const teams = await startTeams();
    const sent = await sendToTeams(changedEvent(), channelAt(teams.origin + teamsPath), teams.ports);
    expect(sent).toMatchObject({ verdict: { verdict: "delivered" }, statusCode: 202 });
    expect(teams.messages[0]?.message.attachments[0].content.body).toEqual([
      {
        type: "Container",
        style: "attention",
        bleed: true,
        items: [
          { type: "TextBlock", text: "Breaking change in Payments", wrap: true, size: "Large", weight: "Bolder" },
          {
            type: "TextBlock",
            text: "The property email of Customer became required, which reaches 2 operations.",
            wrap: true,
          },
        ],
      },
      {
        type: "FactSet",
        facts: [
          { title: "Severity", value: "breaking" },
          { title: "Reach", value: "2 operations" },
        ],
      },
      { type: "TextBlock", text: "Changes", wrap: true, weight: "Bolder" },
      {
        type: "TextBlock",
        text: "breaking: the request property email became required (request-property-became-required)",
        wrap: true,
      },
      { type: "TextBlock", text: "Operations", wrap: true, weight: "Bolder" },
      { type: "TextBlock", text: "POST /v1/customers\n\nPOST /v1/customers/{id}", wrap: true },
      {
        type: "TextBlock",
        text: "forewarn changes list --dependency dep\\_1 --cause cause\\_1",
        wrap: true,
        fontType: "Monospace",
        isSubtle: true,
      },
    ]);
  });

  it("takes every kind of event, and the largest events cut to what Teams takes", async () => {
    const teams = await startTeams();
    for (const event of everyEvent()) {
      const sent = await sendToTeams(event, channelAt(teams.origin + teamsPath), teams.ports);
      expect(sent.verdict).toEqual({ verdict: "delivered" });
    }
    expect(teams.messages[1]?.size).toBeGreaterThan(5_000);
    expect(JSON.stringify(teams.messages[1])).toMatch(/… and 49\d\d more/);
  });

  it.each([
    ["/off", 404],
    ["/unsigned", 401],
  ])("fails for good where the workflow refuses: %s", async (path, status) => {
    const teams = await startTeams();
    const { verdict } = await sendToTeams(changedEvent(), channelAt(teams.origin + path), teams.ports);
    const advice =
      "the workflow is gone, switched off or its URL was renewed. Copy the URL from the workflow once more.";
    expect(verdict).toEqual({ verdict: "permanent", reason: `The receiver answered ${status}: ${advice}` });
  });

  it("is tried again when Teams is down or limits, also where a connector says so in a success", async () => {
    const teams = await startTeams();
    const verdictAt = async (path: string) =>
      (await sendToTeams(testEvent(), channelAt(teams.origin + path), teams.ports)).verdict;
    expect(await verdictAt("/down")).toEqual({ verdict: "retry", reason: "The receiver answered 502." });
    expect(await verdictAt("/connector/busy")).toEqual({ verdict: "retry", reason: "The receiver answered 429." });
    const beforeMs = Date.now();
    const busy = await verdictAt("/busy");
    if (busy.verdict !== "retry") throw new Error("it is to be tried again");
    expect(busy.retryAtMs).toBeGreaterThanOrEqual(beforeMs + 20_000);
  });
});
