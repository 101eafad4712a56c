/**
 * The second half of the tuning set. It was written as a test set, from the documents' lists of operations before anything was
 * measured on them; once it had been looked at, it was tuned on, and another one was written.
 */
export const moreQuestions: readonly { question: string; answers: readonly string[] }[] = [
  // Discord, whose operations have neither summary nor description
  { question: "who was kicked out for good", answers: ["GET /guilds/{guild_id}/bans"] },
  { question: "let an expelled person come back", answers: ["DELETE /guilds/{guild_id}/bans/{user_id}"] },
  {
    question: "write something into a chat room",
    answers: ["POST /channels/{channel_id}/messages", "POST /lobbies/{lobby_id}/messages"],
  },
  {
    question: "correct a typo in what was posted",
    answers: [
      "PATCH /channels/{channel_id}/messages/{message_id}",
      "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
      "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
    ],
  },
  { question: "wipe many chat lines at once", answers: ["POST /channels/{channel_id}/messages/bulk-delete"] },
  {
    question: "put a smiley on a post",
    answers: ["PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"],
  },
  { question: "who changed what on the server", answers: ["GET /guilds/{guild_id}/audit-logs"] },
  {
    question: "keep an important post on top of the room",
    answers: ["PUT /channels/{channel_id}/pins/{message_id}", "PUT /channels/{channel_id}/messages/pins/{message_id}"],
  },
  { question: "show that the bot is writing", answers: ["POST /channels/{channel_id}/typing"] },
  { question: "throw out those who were not here for weeks", answers: ["POST /guilds/{guild_id}/prune"] },
  { question: "plan a meetup", answers: ["POST /guilds/{guild_id}/scheduled-events"] },
  { question: "end the vote early", answers: ["POST /channels/{channel_id}/polls/{message_id}/expire"] },
  {
    question: "play a short noise for all in the call",
    answers: ["POST /channels/{channel_id}/send-soundboard-sound"],
  },
  {
    question: "register a slash command",
    answers: [
      "POST /applications/{application_id}/commands",
      "POST /applications/{application_id}/guilds/{guild_id}/commands",
    ],
  },
  { question: "profile of the account that is signed in", answers: ["GET /users/@me", "GET /oauth2/userinfo"] },
  {
    question: "give a member a rank",
    answers: ["PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}"],
  },
  {
    question: "what newcomers are greeted with",
    answers: ["GET /guilds/{guild_id}/new-member-welcome", "GET /guilds/{guild_id}/welcome-screen"],
  },
  // OpenAI
  { question: "draw a picture from a text", answers: ["POST /images/generations"] },
  { question: "read a text aloud", answers: ["POST /audio/speech"] },
  { question: "type out what is said in a recording", answers: ["POST /audio/transcriptions"] },
  { question: "turn foreign speech into English text", answers: ["POST /audio/translations"] },
  { question: "is this text hateful or violent", answers: ["POST /moderations"] },
  { question: "turn sentences into numbers for comparing them", answers: ["POST /embeddings"] },
  { question: "how much money did the company spend", answers: ["GET /organization/costs"] },
  { question: "train a model on our own examples", answers: ["POST /fine_tuning/jobs"] },
  { question: "put a training on hold", answers: ["POST /fine_tuning/jobs/{fine_tuning_job_id}/pause"] },
  { question: "hang up the phone", answers: ["POST /realtime/calls/{call_id}/hangup"] },
  { question: "forward a caller to another number", answers: ["POST /realtime/calls/{call_id}/refer"] },
  { question: "make a short film from a description", answers: ["POST /videos"] },
  {
    question: "how many tokens will this prompt take",
    answers: ["POST /responses/input_tokens", "POST /responses/input_tokens?beta=true"],
  },
  { question: "bring a new colleague into the company account", answers: ["POST /organization/invites"] },
  {
    question: "cap how much a team may spend",
    answers: ["POST /organization/projects/{project_id}/spend_limit", "POST /organization/spend_limit"],
  },
  {
    question: "find passages in my documents that answer a question",
    answers: ["POST /vector_stores/{vector_store_id}/search"],
  },
  { question: "was this photo made by a machine", answers: ["POST /content_provenance_checks"] },
  {
    question: "shorten a long chat so that it fits",
    answers: ["POST /responses/compact", "POST /responses/compact?beta=true"],
  },
  // DocuSign
  {
    question: "send a contract to be signed",
    answers: ["POST /v2.1/accounts/{accountId}/envelopes"],
  },
  {
    question: "which bills are overdue",
    answers: ["GET /v2.1/accounts/{accountId}/billing_invoices_past_due"],
  },
  {
    question: "history of who opened and signed the papers",
    answers: ["GET /v2.1/accounts/{accountId}/envelopes/{envelopeId}/audit_events"],
  },
  { question: "how strong must a password be", answers: ["GET /v2.1/accounts/{accountId}/settings/password_rules"] },
  {
    question: "company logo on the mails",
    answers: [
      "PUT /v2.1/accounts/{accountId}/brands/{brandId}/logos/{logoType}",
      "GET /v2.1/accounts/{accountId}/brands/{brandId}/logos/{logoType}",
    ],
  },
  {
    question: "turn a scanned sheet that lies sideways",
    answers: [
      "PUT /v2.1/accounts/{accountId}/envelopes/{envelopeId}/documents/{documentId}/pages/{pageNumber}/page_image",
      "PUT /v2.1/accounts/{accountId}/templates/{templateId}/documents/{documentId}/pages/{pageNumber}/page_image",
    ],
  },
  {
    question: "remind people who have not signed",
    answers: [
      "PUT /v2.1/accounts/{accountId}/envelopes/{envelopeId}/notification",
      "PUT /v2.1/accounts/{accountId}/settings/notification_defaults",
      "PUT /v2.1/accounts/{accountId}/templates/{templateId}/notification",
    ],
  },
  {
    question: "which file formats are refused",
    answers: ["GET /v2.1/accounts/{accountId}/unsupported_file_types"],
  },
  {
    question: "in which languages can a signer read it",
    answers: ["GET /v2.1/accounts/{accountId}/supported_languages"],
  },
  {
    question: "upload a huge file piece by piece",
    answers: [
      "POST /v2.1/accounts/{accountId}/chunked_uploads",
      "PUT /v2.1/accounts/{accountId}/chunked_uploads/{chunkedUploadId}/{chunkedUploadPartSeq}",
    ],
  },
  {
    question: "keep others from editing while I do",
    answers: [
      "POST /v2.1/accounts/{accountId}/envelopes/{envelopeId}/lock",
      "POST /v2.1/accounts/{accountId}/templates/{templateId}/lock",
    ],
  },
  {
    question: "hand somebody's papers over to another person",
    answers: ["POST /v2.1/accounts/{accountId}/envelopes/transfer_rules"],
  },
  {
    question: "move to a cheaper subscription",
    answers: ["PUT /v2.1/accounts/{accountId}/billing_plan/downgrade"],
  },
  {
    question: "throw away old paperwork after some days",
    answers: ["PUT /v2.1/accounts/{accountId}/settings/envelope_purge_configuration"],
  },
  {
    question: "forms that anyone can fill in by a link",
    answers: ["POST /v2.1/accounts/{accountId}/powerforms", "GET /v2.1/accounts/{accountId}/powerforms"],
  },
  {
    question: "which payment card is on file",
    answers: ["GET /v2.1/accounts/{accountId}/billing_plan/credit_card"],
  },
  {
    question: "deliver the notifications that did not get through again",
    answers: [
      "PUT /v2.1/accounts/{accountId}/connect/envelopes/retry_queue",
      "PUT /v2.1/accounts/{accountId}/connect/envelopes/{envelopeId}/retry_queue",
    ],
  },
];
