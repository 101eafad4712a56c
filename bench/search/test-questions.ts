/**
 * The test set: other questions than those of the tuning set, written before anything was measured on them, each with every
 * operation that answers it.
 */
export const testQuestions: readonly { question: string; answers: readonly string[] }[] = [
  // Stripe
  { question: "let a shopper pay on a page that you host", answers: ["POST /v1/checkout/sessions"] },
  { question: "remember somebody's card for later without charging it", answers: ["POST /v1/setup_intents"] },
  { question: "which events happened lately", answers: ["GET /v1/events"] },
  {
    question: "open a portal where buyers manage their own plan",
    answers: ["POST /v1/billing_portal/sessions"],
  },
  { question: "change the price of a good", answers: ["POST /v1/prices/{price}", "POST /v1/prices"] },
  {
    question: "list of all complaints raised with the banks",
    answers: ["GET /v1/disputes"],
  },
  { question: "new person who buys from us", answers: ["POST /v1/customers"] },
  { question: "cut off a stolen card that we gave to an employee", answers: ["POST /v1/issuing/cards/{card}"] },
  {
    question: "let the bank draw of an employee's purchase go through",
    answers: ["POST /v1/issuing/authorizations/{authorization}/approve"],
  },
  { question: "postage tariffs that buyers may choose", answers: ["GET /v1/shipping_rates"] },
  { question: "cancel a bill after it was issued", answers: ["POST /v1/invoices/{invoice}/void"] },
  { question: "mark a bill as settled", answers: ["POST /v1/invoices/{invoice}/pay"] },
  { question: "add a line to the next bill", answers: ["POST /v1/invoiceitems"] },
  { question: "which countries can sellers be in", answers: ["GET /v1/country_specs"] },
  {
    question: "connect a seller who gets paid through us",
    answers: ["POST /v1/accounts", "POST /v1/account_links"],
  },
  { question: "how much sales tax is added", answers: ["GET /v1/tax_rates", "POST /v1/tax_rates"] },
  { question: "pair a card reader in the shop", answers: ["POST /v1/terminal/readers"] },
  { question: "warn about cheating buyers before the bank does", answers: ["GET /v1/radar/early_fraud_warnings"] },
  // GitHub
  {
    question: "who may push to the main line",
    answers: ["GET /repos/{owner}/{repo}/branches/{branch}/protection/restrictions"],
  },
  { question: "start watching what others do in a project", answers: ["PUT /repos/{owner}/{repo}/subscription"] },
  { question: "follow a developer", answers: ["PUT /user/following/{username}"] },
  { question: "put a star on a project", answers: ["PUT /user/starred/{owner}/{repo}"] },
  {
    question: "write an answer below a ticket",
    answers: ["POST /repos/{owner}/{repo}/issues/{issue_number}/comments"],
  },
  { question: "open a request to merge my branch", answers: ["POST /repos/{owner}/{repo}/pulls"] },
  { question: "what differs between two versions", answers: ["GET /repos/{owner}/{repo}/compare/{basehead}"] },
  { question: "change a file without cloning", answers: ["PUT /repos/{owner}/{repo}/contents/{path}"] },
  { question: "throw a project away for good", answers: ["DELETE /repos/{owner}/{repo}"] },
  { question: "public ssh keys of somebody", answers: ["GET /users/{username}/keys"] },
  {
    question: "when were the last deliveries of a webhook tried",
    answers: [
      "GET /repos/{owner}/{repo}/hooks/{hook_id}/deliveries",
      "GET /orgs/{org}/hooks/{hook_id}/deliveries",
      "GET /app/hook/deliveries",
    ],
  },
  {
    question: "which libraries have known holes",
    answers: [
      "GET /repos/{owner}/{repo}/dependabot/alerts",
      "GET /orgs/{org}/dependabot/alerts",
      "GET /enterprises/{enterprise}/dependabot/alerts",
      "GET /advisories",
    ],
  },
  {
    question: "put somebody in charge of a ticket",
    answers: ["POST /repos/{owner}/{repo}/issues/{issue_number}/assignees"],
  },
  { question: "set a target date for a bunch of tickets", answers: ["POST /repos/{owner}/{repo}/milestones"] },
  {
    question: "colored tags for tickets",
    answers: ["GET /repos/{owner}/{repo}/labels", "POST /repos/{owner}/{repo}/labels"],
  },
  { question: "bring somebody into the organization by mail", answers: ["POST /orgs/{org}/invitations"] },
  {
    question: "read the output of a failed build step",
    answers: [
      "GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs",
      "GET /repos/{owner}/{repo}/actions/runs/{run_id}/logs",
      "GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/logs",
    ],
  },
  { question: "templates of files that git should leave out", answers: ["GET /gitignore/templates"] },
  {
    question: "who wrote most of the code",
    answers: ["GET /repos/{owner}/{repo}/stats/contributors", "GET /repos/{owner}/{repo}/contributors"],
  },
  { question: "mark everything in my inbox as seen", answers: ["PUT /notifications"] },
  // Xero
  { question: "which customers have not paid us for long", answers: ["GET /Reports/AgedReceivablesByContact"] },
  { question: "how much is in each bank account", answers: ["GET /Reports/BankSummary"] },
  { question: "sheet of all accounts with debits and credits", answers: ["GET /Reports/TrialBalance"] },
  { question: "planned against actual spending", answers: ["GET /Reports/BudgetSummary", "GET /Budgets"] },
  { question: "store a new vendor's address", answers: ["PUT /Contacts", "POST /Contacts"] },
  { question: "hand in a shop's slip for what I bought", answers: ["PUT /Receipts"] },
  { question: "when are buyers reminded of their debts", answers: ["GET /InvoiceReminders/Settings"] },
  { question: "pay several bills in one go", answers: ["PUT /BatchPayments", "POST /BatchPayments"] },
  { question: "goods that we buy and sell", answers: ["GET /Items"] },
  { question: "people who can log in to the books", answers: ["GET /Users"] },
  {
    question: "put customers together into a circle",
    answers: ["PUT /ContactGroups", "PUT /ContactGroups/{ContactGroupID}/Contacts"],
  },
  { question: "printable version of an offer", answers: ["GET /Quotes/{QuoteID}/pdf"] },
  {
    question: "use what a customer paid too much for a bill",
    answers: ["PUT /Overpayments/{OverpaymentID}/Allocations"],
  },
  {
    question: "get rid of a cost center",
    answers: [
      "DELETE /TrackingCategories/{TrackingCategoryID}",
      "DELETE /TrackingCategories/{TrackingCategoryID}/Options/{TrackingOptionID}",
    ],
  },
];
