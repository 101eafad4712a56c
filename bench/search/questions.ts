/**
 * The first half of the tuning set: questions as people ask them, in other words than the documents', each with every operation that answers it. Written
 * from the documents' lists of operations before anything was measured.
 */
export const questions: readonly { question: string; answers: readonly string[] }[] = [
  // Stripe
  {
    question: "give money back to the buyer",
    answers: ["POST /v1/refunds", "POST /v1/charges/{charge}/refunds", "POST /v1/charges/{charge}/refund"],
  },
  { question: "how much money do we have available right now", answers: ["GET /v1/balance"] },
  { question: "send our earnings to the company bank account", answers: ["POST /v1/payouts"] },
  {
    question: "stop a monthly plan of a client",
    answers: [
      "DELETE /v1/subscriptions/{subscription_exposed_id}",
      "DELETE /v1/customers/{customer}/subscriptions/{subscription_exposed_id}",
    ],
  },
  { question: "fight a chargeback by handing in proof", answers: ["POST /v1/disputes/{dispute}"] },
  {
    question: "admit that a cardholder complaint is justified and give up",
    answers: ["POST /v1/disputes/{dispute}/close"],
  },
  { question: "make a discount voucher", answers: ["POST /v1/coupons", "POST /v1/promotion_codes"] },
  {
    question: "see what the next bill of a customer will look like",
    answers: ["GET /v1/invoices/upcoming", "GET /v1/invoices/upcoming/lines"],
  },
  { question: "write off a bill that will never be paid", answers: ["POST /v1/invoices/{invoice}/mark_uncollectible"] },
  { question: "mail the bill to the customer", answers: ["POST /v1/invoices/{invoice}/send"] },
  {
    question: "take the money that was reserved on a card earlier",
    answers: ["POST /v1/payment_intents/{intent}/capture", "POST /v1/charges/{charge}/capture"],
  },
  { question: "undo a transfer to our bank that already went out", answers: ["POST /v1/payouts/{payout}/reverse"] },
  { question: "upload a scan of an identity paper", answers: ["POST /v1/files"] },
  { question: "forget everything about a shopper for good", answers: ["DELETE /v1/customers/{customer}"] },
  { question: "get notified over HTTP when something happens", answers: ["POST /v1/webhook_endpoints"] },
  { question: "put goods up for sale", answers: ["POST /v1/products"] },
  // GitHub
  {
    question: "combine a proposed change into the main line",
    answers: ["PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", "POST /repos/{owner}/{repo}/merges"],
  },
  {
    question: "ask a colleague to look at my patch",
    answers: ["POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers"],
  },
  { question: "make my own copy of somebody's project", answers: ["POST /repos/{owner}/{repo}/forks"] },
  { question: "who bookmarked this project", answers: ["GET /repos/{owner}/{repo}/stargazers"] },
  { question: "report a bug", answers: ["POST /repos/{owner}/{repo}/issues"] },
  {
    question: "stop people from commenting on a ticket",
    answers: ["PUT /repos/{owner}/{repo}/issues/{issue_number}/lock"],
  },
  { question: "how many calls may I still make this hour", answers: ["GET /rate_limit"] },
  {
    question: "start the build again",
    answers: [
      "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun",
      "POST /repos/{owner}/{repo}/actions/jobs/{job_id}/rerun",
      "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs",
      "POST /repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest",
      "POST /repos/{owner}/{repo}/check-suites/{check_suite_id}/rerequest",
      "POST /repos/{owner}/{repo}/pages/builds",
    ],
  },
  {
    question: "abort a running pipeline",
    answers: [
      "POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel",
      "POST /repos/{owner}/{repo}/actions/runs/{run_id}/force-cancel",
    ],
  },
  { question: "keep a harassing person away from our company", answers: ["PUT /orgs/{org}/blocks/{username}"] },
  { question: "share a snippet of code", answers: ["POST /gists"] },
  { question: "hand the project over to another owner", answers: ["POST /repos/{owner}/{repo}/transfer"] },
  {
    question: "save a password for the CI of one project",
    answers: ["PUT /repos/{owner}/{repo}/actions/secrets/{secret_name}"],
  },
  {
    question: "take away somebody's access to a project",
    answers: [
      "DELETE /repos/{owner}/{repo}/collaborators/{username}",
      "DELETE /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}",
      "DELETE /projects/{project_id}/collaborators/{username}",
      "DELETE /orgs/{org}/outside_collaborators/{username}",
    ],
  },
  { question: "download the source as a zip", answers: ["GET /repos/{owner}/{repo}/zipball/{ref}"] },
  {
    question: "which programming languages is the project written in",
    answers: ["GET /repos/{owner}/{repo}/languages"],
  },
  { question: "write release notes for me", answers: ["POST /repos/{owner}/{repo}/releases/generate-notes"] },
  { question: "turn markdown into html", answers: ["POST /markdown", "POST /markdown/raw"] },
  // Xero
  { question: "how much profit did the company make", answers: ["GET /Reports/ProfitAndLoss"] },
  { question: "which suppliers do we owe money for a long time", answers: ["GET /Reports/AgedPayablesByContact"] },
  { question: "assets and liabilities of the company at a date", answers: ["GET /Reports/BalanceSheet"] },
  { question: "move money from one bank account to another one", answers: ["PUT /BankTransfers"] },
  {
    question: "email the client their bill",
    answers: ["POST /Invoices/{InvoiceID}/Email", "POST /v1/invoices/{invoice}/send"],
  },
  { question: "printable version of an order to a vendor", answers: ["GET /PurchaseOrders/{PurchaseOrderID}/pdf"] },
  { question: "make an offer to a prospective client", answers: ["PUT /Quotes", "POST /Quotes"] },
  { question: "add a foreign money to the books", answers: ["PUT /Currencies"] },
  { question: "address book of everybody we do business with", answers: ["GET /Contacts"] },
  {
    question: "claim back what an employee spent",
    answers: ["PUT /ExpenseClaims", "POST /ExpenseClaims/{ExpenseClaimID}"],
  },
  { question: "sales tax percentages that are set up", answers: ["GET /TaxRates", "GET /v1/tax_rates"] },
  {
    question: "link under which a customer can pay the bill online",
    answers: ["GET /Invoices/{InvoiceID}/OnlineInvoice"],
  },
  {
    question: "bill a customer automatically every month",
    answers: [
      "PUT /RepeatingInvoices",
      "POST /RepeatingInvoices",
      "POST /v1/subscriptions",
      "POST /v1/customers/{customer}/subscriptions",
    ],
  },
  { question: "name and settings of our company", answers: ["GET /Organisation"] },
];
