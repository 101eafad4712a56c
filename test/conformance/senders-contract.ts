import { describe, expect, it } from "vitest";
import type { Mail, Mailer } from "../../shared/alerts/channel-kinds/email.ts";
import type { EventBus } from "../../shared/alerts/channel-kinds/event-bridge.ts";
import { newId } from "./samples.ts";

/** What every mailer does. `arrived` gives the mails that have this subject. */
export const mailerContract = (
  name: string,
  make: () => Promise<{ mailer: Mailer; to: string; arrived(subject: string): Promise<Mail[]> }>,
): void => {
  describe(`mailer: ${name}`, () => {
    it("sends a mail as text and as HTML, and tells its reference", async () => {
      const { mailer, to, arrived } = await make();
      const mail = { to: [to], subject: `Prüfung ${newId()}`, text: "Text: ä\n", html: "<p>HTML: ä</p>" };
      expect(await mailer.send(mail)).toEqual({ answer: "accepted", reference: expect.stringMatching(/./) });
      expect(await arrived(mail.subject)).toEqual([mail]);
    });
  });
};

/** What all event buses do. `arrived` gives the details of what came to the bus. */
export const eventBusContract = (
  name: string,
  make: () => Promise<{
    eventBus: EventBus;
    busArn: string;
    arrived(): Promise<{ detailType: string; detail: unknown }[]>;
  }>,
): void => {
  describe(`event bus: ${name}`, () => {
    it("puts an event on the bus of an ARN, and tells its reference", async () => {
      const { eventBus, busArn, arrived } = await make();
      const detail = { deliveryId: newId(), text: "ä" };
      const put = await eventBus.put({
        busArn,
        source: "forewarn",
        detailType: "api.changed",
        detail: JSON.stringify(detail),
        time: new Date(),
      });
      expect(put).toEqual({ answer: "accepted", reference: expect.stringMatching(/./) });
      expect(await arrived()).toEqual([{ detailType: "api.changed", detail }]);
    });
  });
};
