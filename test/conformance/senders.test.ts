import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { inject } from "vitest";
import * as z from "zod";
import { eventBridgeBus } from "../../shared/aws/event-bridge-bus.ts";
import { sesMailer } from "../../shared/aws/ses-mailer.ts";
import { clientOptions, sqs, uniqueName } from "./adapter-cloud.ts";
import { eventBusContract, mailerContract } from "./senders-contract.ts";

const from = "forewarn@example.com";

const keptMails = z.object({
  /** By account. */
  messages: z.record(
    z.string(),
    z.array(
      z.looseObject({ To: z.array(z.string()), Subject: z.string(), BodyText: z.string(), BodyHtml: z.string() }),
    ),
  ),
});

/** Mail does not come back from AWS: this is for the local cloud, which keeps what was sent. */
const localEndpoint = inject("cloud")?.local.awsEndpoint;
if (localEndpoint !== undefined && process.env.FOREWARN_CONFORMANCE_TARGET === undefined) {
  mailerContract("SES", async () => {
    const client = new SESv2Client(clientOptions);
    await client.send(new CreateEmailIdentityCommand({ EmailIdentity: from })).catch(() => undefined); // it is there
    return {
      mailer: sesMailer({ client, from }),
      to: "team@example.com",
      async arrived(subject) {
        const answer = await fetch(`${localEndpoint}/_ministack/ses/messages`);
        return Object.values(keptMails.parse(await answer.json()).messages)
          .flat()
          .filter(({ Subject }) => Subject === subject)
          .map(({ To, Subject, BodyText, BodyHtml }) => ({ to: To, subject: Subject, text: BodyText, html: BodyHtml }));
      },
    };
  });
}

const received = z.object({ "detail-type": z.string(), detail: z.unknown() });

eventBusContract("EventBridge", async () => {
  const events = new EventBridgeClient(clientOptions);
  const name = uniqueName("bus");
  const { EventBusArn: busArn = "" } = await events.send(new CreateEventBusCommand({ Name: name }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: uniqueName("events") }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  await events.send(
    new PutRuleCommand({ Name: "all", EventBusName: name, EventPattern: JSON.stringify({ source: ["forewarn"] }) }),
  );
  await events.send(
    new PutTargetsCommand({
      Rule: "all",
      EventBusName: name,
      Targets: [{ Id: "queue", Arn: Attributes?.QueueArn ?? "" }],
    }),
  );
  return {
    eventBus: eventBridgeBus({ client: events }),
    busArn,
    async arrived() {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
      return Messages.map(({ Body = "{}" }) => {
        const { "detail-type": detailType, detail } = received.parse(JSON.parse(Body));
        return { detailType, detail };
      });
    },
  };
});
