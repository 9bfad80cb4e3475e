import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createVaultFor, ServiceClient, temporaryFolder } from "./service-client.ts";

/** Windows, sessions, deadlines, planned days and consultations on one line, and as a calendar file. */

const folder = temporaryFolder();
let now = Date.parse("2026-06-01T09:00:00Z");
const client = new ServiceClient(folder.path("profile"), () => now);

beforeAll(async () => {
  await createVaultFor(client, folder.path("t.evault"));
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

describe("the timeline", () => {
  it("is empty in a vault that has nothing with a time", async () => {
    expect(await client.ask("timeline.get", {})).toEqual([]);
  });

  it("shows what runs, what is ahead and what is overdue, in order of time", async () => {
    const version = { checkpoint: "1", safeguard: "removed" as const, access: "", settings: "" };
    const model = await client.ask("models.add", { developer: "Acme", name: "Heron", note: "", version });
    const modelVersionId = model.versions[0]?.id ?? "";
    const [benchmark] = await client.ask("benchmarks.addFromCatalog", { packs: ["3cb"] });
    const inquiry = { developer: "Acme", codename: "Heron", programme: "", claim: "", question: "" };
    const { id: submissionId } = await client.ask("submissions.inquire", inquiry);
    const window = { days: 30, dayCount: "elapsed" as const, zone: "UTC" };
    const terms = { window, basis: "", permittedUses: "", agreement: "", handling: "", waiver: "", retainUntil: null };
    await client.ask("submissions.submit", {
      ...{ submissionId, modelVersionIds: [modelVersionId], access: "", safeguards: "", scaffold: "", voluntary: true },
      ...{ terms: { ...terms, resultsAfterWithdrawal: false }, partnerRelease: "2026-07-20", publicRelease: null },
    });
    await client.ask("submissions.grantAccess", { submissionId, at: now });
    now += 3_600_000;
    const session = { title: "First pass", benchmarkIds: [benchmark?.id ?? ""], operators: ["Dora"], budget: "" };
    await client.ask("submissions.startSession", { submissionId, ...session, environment: "" });
    const deadline = (title: string, triggerOn: string | null) => ({
      ...{ title, basis: "§2", trigger: "Signed", triggerOn, days: 30, owner: "Treasury" },
    });
    const days = [
      deadline("Clearinghouse", "2026-06-02"),
      deadline("Old", "2026-04-01"),
      deadline("Nobody knows", null),
    ];
    await client.ask("deadlines.add", { deadlines: days });
    const opened = await client.ask("determinations.open", {
      ...{ kind: "coverage" as const, modelVersionId, submissionId, thresholdProfile: "T v3", reportId: null },
      ...{ layers: [{ name: "Cell", reviewer: "" }], supersedes: null },
    });
    expect(opened).toMatchObject({ code: "D-0001", submission: { code: "S-0001", codename: "Heron" } });
    const asked = { body: "CISA", person: "", askedOn: "2026-05-01", dueOn: "2026-05-20" };
    await client.ask("determinations.consult", { determinationId: opened.id, ...asked });
    const items = await client.ask("timeline.get", {});
    expect(items.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      "deadline overdue",
      "consultation overdue",
      "window running",
      "session running",
      "deadline ahead",
      "partner-release ahead",
    ]);
    expect(items.find(({ kind }) => kind === "window")).toMatchObject({
      endsAt: Date.parse("2026-07-01T09:00:00Z"),
      opens: { screen: "submission", id: submissionId },
    });
  });

  it("leaves as a calendar that says the marking in each item", async () => {
    const path = folder.path("timeline.ics");
    const made = await client.ask("timeline.export", { destination: client.destination(path) });
    const text = readFileSync(path, "utf8");
    expect(made).toEqual({ items: 6, bytes: Buffer.byteLength(text) });
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(6);
    expect(text.match(/DESCRIPTION:SECRET/g)).toHaveLength(6);
    expect(text).toContain("SUMMARY:Access window of Heron");
  });
});
