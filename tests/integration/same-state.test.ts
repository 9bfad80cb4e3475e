import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { outcomeStates } from "../../electron/contract/attempt.ts";
import { headlinePolicy } from "../../electron/contract/values.ts";
import { listJournal } from "../../electron/domain/journal.ts";
import { memberAdded, vaultNamed } from "../../electron/domain/members/events.ts";
import { listMembers } from "../../electron/domain/members/queries.ts";
import { attemptInvalidated, attemptsLogged } from "../../electron/domain/attempts/events.ts";
import { attemptGrid } from "../../electron/domain/attempts/queries.ts";
import { benchmarkAdded } from "../../electron/domain/benchmarks/events.ts";
import { modelAdded, modelVersionAdded } from "../../electron/domain/models/events.ts";
import { listModels } from "../../electron/domain/models/queries.ts";
import { recipientAdded, recipientRetired } from "../../electron/domain/recipients/events.ts";
import { listRecipients } from "../../electron/domain/recipients/queries.ts";
import { Refusal } from "../../electron/domain/refusal.ts";
import { resultMatrix, runResults } from "../../electron/domain/runs/cells.ts";
import { runStarted, runStateChanged } from "../../electron/domain/runs/events.ts";
import { listRuns } from "../../electron/domain/runs/queries.ts";
import { runFacts } from "../../electron/domain/runs/state.ts";
import type { Draft } from "../../electron/domain/event.ts";
import { encodeBatch, OpenSession, toEvent } from "../../electron/service/open-session.ts";
import { createVault, leastKdf, unlockVault } from "../../electron/vault/index.ts";
import { secret, temporaryFolder } from "./service-client.ts";

/** Any sequence of commands gives the same state live, after lock and unlock, and folded from the journal alone. */

const folder = temporaryFolder();
const tasks = ["alpha", "beta", "gamma"];
const options = { fileName: "v.evault", readOnly: null, now: () => 1_760_000_000_000 };
let vaults = 0;

afterAll(() => {
  folder.remove();
});

async function founded(): Promise<{ path: string; session: OpenSession }> {
  vaults += 1;
  const path = folder.path(`v${String(vaults)}.evault`);
  const vault = await createVault(path, {
    label: "L",
    founder: { label: "Lead A", name: "Lena", passphrase: secret("lead passphrase"), kdf: leastKdf },
    firstEntries: ({ memberId }) => [
      encodeBatch([
        toEvent(memberAdded.draft({ id: memberId, name: "Lena", label: "Lead A", role: "lead" }), 0, memberId),
        toEvent(vaultNamed.draft({ name: "First" }), 0, memberId),
      ]),
    ],
  });
  const session = OpenSession.open(vault, options);
  const member = { label: "Auditor A", name: "Aude", passphrase: secret("auditor passphrase"), kdf: leastKdf };
  await session.addMember(member, (id) => [
    memberAdded.draft({ id, name: "Aude", label: "Auditor A", role: "auditor" }),
  ]);
  const nothing = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };
  const bare = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
  session.commit([
    modelAdded.draft({ id: "m", developer: "Acme", name: "M", note: "", origin: "hand" }),
    modelVersionAdded.draft({ id: "v", modelId: "m", checkpoint: "1", safeguard: "reduced", access: "", settings: "" }),
    benchmarkAdded.draft({
      id: "b",
      pack: "p",
      title: "B",
      origin: "file",
      ...nothing,
      rule: { direction: "higher", threshold: 1 },
      tasks: tasks.map((id) => ({ id, title: id, ...bare })),
    }),
    runStarted.draft({ id: "r", modelVersionId: "v", benchmarkId: "b", campaignId: null, epochs: 2 }),
  ]);
  return { path, session };
}

function seen(session: OpenSession) {
  const run = runFacts(session.model, "r");
  if (run === null) throw new Error("the run is gone");
  const page = { runId: "r", sort: "task" as const, descending: false, filter: "", offset: 0, limit: 50 };
  const state = session.state();
  return {
    state: { ...state, checkpoint: null },
    members: listMembers(session.model),
    models: listModels(session.model),
    recipients: listRecipients(session.model),
    runs: listRuns(session, {}),
    results: runResults(session, {}),
    matrix: resultMatrix(session, {}, headlinePolicy),
    grid: attemptGrid(session, run, page),
    journal: listJournal(session.model, { offset: 0, limit: 500 }),
  };
}

const address = { task: fc.constantFrom(...tasks), epoch: fc.integer({ min: 1, max: 2 }) };
const command: fc.Arbitrary<Draft> = fc.oneof(
  fc
    .record({ ...address, outcome: fc.constantFrom(...outcomeStates), score: fc.constantFrom(null, 0, 1) })
    .map((attempt) =>
      attemptsLogged.draft({ runId: "r", attempts: [{ ...attempt, minutes: null, tokens: 7, note: "n" }] }),
    ),
  fc
    .record(address)
    .map((at) => attemptInvalidated.draft({ runId: "r", ...at, code: "contamination", reason: "because" })),
  fc
    .constantFrom("running" as const, "logged" as const, "in-review" as const)
    .map((state) => runStateChanged.draft({ runId: "r", state, reason: "" })),
  fc.string({ minLength: 1, maxLength: 12 }).map((name) => vaultNamed.draft({ name })),
  fc.integer({ min: 1, max: 3 }).map((place) =>
    recipientAdded.draft({
      id: `recipient${String(place)}`,
      name: `R${String(place)}`,
      organisation: "",
      key: `key${String(place)}`,
      keyKind: "classic",
      fingerprintHex: "",
      fingerprintWords: "",
    }),
  ),
  fc
    .integer({ min: 1, max: 3 })
    .map((place) => recipientRetired.draft({ recipientId: `recipient${String(place)}`, reason: "left" })),
);

describe("any sequence of commands", () => {
  it("gives the same state live, after lock and unlock, and from the journal alone", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 25 }), fc.nat({ max: 25 }), async (commands, lockAt) => {
        const { path, session: first } = await founded();
        let session = first;
        const lead = { member: { label: "Lead A" }, passphrase: secret("lead passphrase") };
        for (const [place, draft] of commands.entries()) {
          if (place === lockAt) {
            session.close();
            session = OpenSession.open(await unlockVault(path, lead), options);
          }
          const before = session.vault.size;
          try {
            session.commit([draft]);
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
            expect(session.vault.size).toBe(before);
          }
        }
        const live = seen(session);
        session.close();
        session = OpenSession.open(await unlockVault(path, lead), options);
        expect(seen(session)).toEqual(live);
        session.close();
        // The auditor has no snapshot: everything is folded from the journal.
        const auditor = { member: { name: "aude" }, passphrase: secret("auditor passphrase") };
        session = OpenSession.open(await unlockVault(path, auditor), options);
        expect({ ...seen(session), state: null }).toEqual({ ...live, state: null });
        session.close();
      }),
      { numRuns: 12 },
    );
  });
});
