import "../kill/quick-argon2.ts";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JournalEvent } from "../../../electron/domain/event.ts";
import { encodeBatch } from "../../../electron/service/open-session.ts";
import { newMemberId, unlockVault, verifyVault } from "../../../electron/vault/index.ts";
import { ServiceClient } from "../../integration/service-client.ts";
import { temporaryFolder, utf8 } from "../vault/small-vault.ts";
import { createVaultOfFour, idsOf, labels, look, passphrases, unlockAs, type Person } from "./people.ts";

/**
 * Members with a changed program, who write what their role does not allow. The vault opens for everybody, nothing of it
 * stands, and the journal shows each forgery with its entry and the reason.
 */

const folder = temporaryFolder();
const path = join(folder.path, "forged.evault");
const client = new ServiceClient(join(folder.path, "profile"));
const roster = 1;
const shared = 2;
let ids: Record<Person, string>;
/** An event of the journal that stands, with its id. */
let standing: JournalEvent;
let before: unknown;

beforeAll(async () => {
  await createVaultOfFour(client, path);
  // With two leads in it, it asks for two persons from the beginning.
  expect(await client.ask("vault.state", {})).toMatchObject({ persons: 2 });
  ids = await idsOf(client);
  const catalog = await client.ask("benchmarks.catalog", {});
  await client.ask("benchmarks.addFromCatalog", { packs: [catalog[0]?.pack ?? ""] });
  const { events } = await client.ask("journal.list", { offset: 0, limit: 1, type: "vault.named" });
  const named = events[0];
  standing = event(named?.by ?? "", "vault.named", { name: "Mine now" }, { id: named?.id ?? "" });
  await client.ask("vault.lock", {});
  await unlockAs(client, path, "ana");
  before = await look(client);
  await client.ask("vault.lock", {});
});
afterAll(async () => {
  await client.close();
  folder.remove();
});

function event(by: string, type: string, body: unknown, more: Partial<JournalEvent> = {}): JournalEvent {
  return { id: randomBytes(12).toString("hex"), type, v: 1, at: Date.now(), by, body, ...more };
}

/** A changed program: the person's own keys, and whatever it likes as content. Answers with the entry's number. */
async function write(person: Person, compartment: number, plaintext: Uint8Array): Promise<number> {
  const member = { label: labels[person] };
  const vault = await unlockVault(path, { member, passphrase: utf8(passphrases[person]) });
  const { firstSeq } = vault.append([plaintext], { compartment });
  vault.close();
  return firstSeq;
}

interface Forgery {
  readonly name: string;
  readonly by: Person;
  readonly compartment?: number;
  readonly plaintext: () => Uint8Array;
  readonly reason: RegExp;
}

const batch = (...events: readonly JournalEvent[]): Uint8Array => encodeBatch(events);
const actId = "ac7ac7ac7ac7ac7ac7ac7ac7";
const unmark = { marking: { level: "unclassified", suffix: "" }, reason: "I say so" };
const newLead = () => ({ id: newMemberId(), name: "Mallory", label: "Lead M", role: "lead" });

const forgeries: readonly Forgery[] = [
  {
    name: "an evaluator names the vault, which is a lead's act",
    by: "eve",
    plaintext: () => batch(event(ids.eve, "vault.named", { name: "Eve's" })),
    reason: /role evaluator may not make vault.named/,
  },
  {
    name: "an evaluator writes under a lead's name in an entry of their own",
    by: "eve",
    plaintext: () => batch(event(ids.ana, "vault.named", { name: "Eve's" })),
    reason: /its author did not sign the entry/,
  },
  {
    name: "an evaluator lets in a lead",
    by: "eve",
    plaintext: () => batch(event(ids.eve, "member.added", newLead())),
    reason: /only a lead adds members/,
  },
  {
    name: "an evaluator joins once more, as a lead",
    by: "eve",
    plaintext: () => batch(event(ids.eve, "member.added", { id: ids.eve, name: "Eve", label: "Lead E", role: "lead" })),
    reason: /this member is there already/,
  },
  {
    name: "an evaluator removes a lead",
    by: "eve",
    plaintext: () => batch(event(ids.eve, "member.removed", { id: ids.ana, reason: "because" })),
    reason: /role evaluator may not make member.removed/,
  },
  {
    name: "an evaluator lowers the marking",
    by: "eve",
    plaintext: () => batch(event(ids.eve, "vault.marked", unmark)),
    reason: /only a lead lowers the marking/,
  },
  {
    name: "a lead lowers the marking without the second person",
    by: "ben",
    plaintext: () => batch(event(ids.ben, "vault.marked", unmark)),
    reason: /asks for a second person/,
  },
  {
    name: "a lead removes another lead without the second person",
    by: "ben",
    plaintext: () => batch(event(ids.ben, "member.removed", { id: ids.ana, reason: "because" })),
    reason: /asks for a second person/,
  },
  {
    name: "a lead does away with second persons, alone",
    by: "ben",
    plaintext: () => batch(event(ids.ben, "vault.persons-set", { persons: 1, reason: "quicker" })),
    reason: /asks for a second person/,
  },
  {
    name: "a lead confirms an act that nobody proposed",
    by: "ben",
    plaintext: () => batch(event(ids.ben, "act.confirmed", { id: actId })),
    reason: /./,
  },
  {
    name: "an event of an unknown type",
    by: "ana",
    plaintext: () => batch(event(ids.ana, "vault.teleported", { to: "elsewhere" })),
    reason: /vault.teleported, version 1, is unknown to this EvalVault/,
  },
  {
    name: "a known event of a version to come",
    by: "ana",
    plaintext: () => batch(event(ids.ana, "vault.named", { name: "Later" }, { v: 99 })),
    reason: /vault.named, version 99, is unknown to this EvalVault/,
  },
  {
    name: "an event with a body that is none of its type",
    by: "ana",
    plaintext: () => batch(event(ids.ana, "vault.named", { name: 7 })),
    reason: /is not as its schema says/,
  },
  {
    name: "an event with the id of one that stands",
    by: "ana",
    plaintext: () => batch({ ...standing, by: ids.ana }),
    reason: /an event with this id is there already/,
  },
  {
    name: "a roster event in the shared compartment, which not everybody may read",
    by: "ana",
    compartment: shared,
    plaintext: () => batch(event(ids.ana, "vault.named", { name: "For some" })),
    reason: /a compartment that it does not belong to/,
  },
  {
    name: "a batch of a format to come",
    by: "ana",
    plaintext: () => utf8(JSON.stringify({ format: 2, events: [event(ids.ana, "vault.named", { name: "Later" })] })),
    reason: /it is no batch of events/,
  },
  {
    name: "what is no JSON at all",
    by: "eve",
    plaintext: () => new Uint8Array([0xff, 0x00, 0x7b]),
    reason: /it is no batch of events/,
  },
];

async function refusedAt(seq: number): Promise<readonly { refused: string | null; by: string }[]> {
  const { events } = await client.ask("journal.list", { offset: 0, limit: 500, refusedOnly: true });
  return events.filter((one) => one.seq === seq);
}

describe("a vault written by a member with a changed program", () => {
  it.each(forgeries.map((one) => [one.name, one] as const))(
    "%s: shown as refused, with entry and reason",
    async (_, forgery) => {
      const seq = await write(forgery.by, forgery.compartment ?? roster, forgery.plaintext());
      // Who looks first from the journal, and then from a snapshot of what they saw.
      for (const person of ["ana", "dora", "ana"] as const) {
        await unlockAs(client, path, person);
        const shown = await refusedAt(seq);
        expect(shown, person).toHaveLength(1);
        expect(shown[0]?.refused, person).toMatch(forgery.reason);
        const { event: one } = await client.ask("journal.event", { seq, index: 0 });
        expect(one).toMatchObject({ seq, sealed: false });
        expect(one.refused).toMatch(forgery.reason);
        if (person === "ana") expect(await look(client)).toEqual(before);
        await client.ask("vault.lock", {});
      }
      expect((await verifyVault(path)).problems).toEqual([]);
    },
  );

  it("what stands beside a forgery in one entry stands", async () => {
    const good = event(ids.ana, "vault.named", { name: "Renamed" });
    const bad = event(ids.ana, "vault.teleported", {});
    const back = event(ids.ana, "vault.named", { name: "Forgeries" });
    const seq = await write("ana", roster, batch(good, bad, back));
    await unlockAs(client, path, "ben");
    expect(await refusedAt(seq)).toMatchObject([{ index: 1 }]);
    const { event: first } = await client.ask("journal.event", { seq, index: 0 });
    expect(first).toMatchObject({ refused: null, words: "Vault named Renamed" });
    await unlockAs(client, path, "ana");
    expect(await look(client)).toEqual(before);
    await client.ask("vault.lock", {});
  });

  it("a lead who proposes an act and confirms it alone has done nothing", async () => {
    const act = { type: "vault.marked", v: 1, body: unmark };
    const proposed = await write("ben", roster, batch(event(ids.ben, "act.proposed", { id: actId, act })));
    const confirmed = await write("ben", roster, batch(event(ids.ben, "act.confirmed", { id: actId })));
    await unlockAs(client, path, "ana");
    expect(await refusedAt(proposed)).toEqual([]);
    expect((await refusedAt(confirmed))[0]?.refused).toMatch(/somebody else/);
    expect(await client.ask("vault.state", {})).toMatchObject({ marking: { level: "secret" } });
    const [waiting] = await client.ask("acts.list", {});
    expect(waiting).toMatchObject({ id: actId, state: "waiting", by: ids.ben });
    await client.ask("acts.decline", { actId, reason: "no" });
    await client.ask("vault.lock", {});
  });

  it("an evaluator who makes a slot for somebody has let in nobody", async () => {
    const id = newMemberId();
    const dora = await unlockVault(path, { member: { label: labels.dora }, passphrase: utf8(passphrases.dora) });
    const added = event(ids.dora, "member.added", { id, name: "Mallory", label: "Lead M", role: "lead" });
    const passphrase = utf8("mallory was never here");
    await dora.addMember({ id, label: "Lead M", name: "Mallory", passphrase, entries: [batch(added)] });
    const seq = dora.size - 1;
    dora.close();
    const file = client.file(path);
    await client.ask("vault.unlock", { file, member: "Lead M", passphrase: new Uint8Array(passphrase) });
    const rename = await client.refused("vault.rename", { name: "Mallory's" });
    expect(rename.code).toBe("not-allowed");
    await client.ask("vault.lock", {});
    await unlockAs(client, path, "ana");
    expect((await refusedAt(seq))[0]?.refused).toMatch(/only a lead adds members/);
    const members = await client.ask("members.list", {});
    expect(members.filter((member) => member.current).map((member) => member.name)).not.toContain("Mallory");
    await client.ask("vault.lock", {});
  });
});
