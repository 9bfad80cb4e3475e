import "./quick-argon2.ts";
import { say, stepsSeen, watchSteps } from "./named-points.ts";
import { basename } from "node:path";
import { createVault, newMemberId, unlockVault, type OpenVault } from "../../../electron/vault/index.ts";
import { inPieces } from "../vault/small-vault.ts";
import { blobBytes, founder, passphrase, sha256, snapshotOf, text, work } from "./vault-tale.ts";

/**
 * A process that does one kind of thing to a vault until it is killed, and says on standard output what it was told is
 * done. Arguments: the operation, the vault's path, and "forever" (until killed from outside), "list" (once, naming its
 * steps) or "before N" (once, dying before the step of that number).
 */

/** The vault that is worked on, where one is open. */
class Writer {
  readonly path: string;
  changes = 0;
  #vault: OpenVault | null = null;

  constructor(path: string) {
    this.path = path;
  }

  get vault(): OpenVault {
    if (this.#vault === null) throw new Error("no vault is open");
    return this.#vault;
  }

  async unlock(): Promise<void> {
    this.#vault = await unlockVault(this.path, { member: { label: founder.label }, passphrase: passphrase(0) });
  }

  lock(): void {
    this.#vault?.close();
    this.#vault = null;
  }
}
type Operation = (writer: Writer, round: number) => Promise<void>;

/** Says that entries were acknowledged. */
function acknowledge(firstSeq: number, texts: readonly string[]): void {
  texts.forEach((words, index) => {
    say(`entry ${String(firstSeq + index)} ${words}`);
  });
}

function append(vault: OpenVault, texts: readonly string[], compartment = work): void {
  const { firstSeq } = vault.append(texts.map(text), { compartment });
  acknowledge(firstSeq, texts);
}

function pair(tag: string): readonly [string, string] {
  return [`pair ${tag} a`, `pair ${tag} b`];
}

/** Does something that commits one entry of its own; acknowledges it. */
function withEntry(vault: OpenVault, words: string, act: (entries: readonly Uint8Array[]) => void): void {
  const seq = vault.size;
  act([text(words)]);
  acknowledge(seq, [words]);
}

async function addMember(vault: OpenVault, round: number): Promise<string> {
  const id = newMemberId();
  const seq = vault.size;
  const words = `member ${id}`;
  const name = `Member ${String(round)} ${id}`;
  await vault.addMember({ id, label: "Evaluator", name, passphrase: passphrase(0), entries: [text(words)] });
  acknowledge(seq, [words]);
  return id;
}

const others = (vault: OpenVault): string =>
  vault.memberKeys().find((member) => member.memberId !== vault.memberId)?.memberId ?? "";

const operations: Readonly<Record<string, Operation>> = {
  create: async ({ path }, round) => {
    const made = path.replace(/\.evault$/, `-${String(round)}.evault`);
    const vault = await createVault(made, {
      label: "Made and killed",
      founder: { ...founder, passphrase: passphrase(0) },
      compartments: [{ label: "Evaluations" }],
      firstEntries: ({ memberId }) =>
        [`member ${memberId}`, `compartment 1 ${memberId}`, `compartment 2 ${memberId}`, ...pair("first")].map(text),
      sharedEntries: () => pair("shared").map(text),
    });
    say(`created ${basename(made)}`);
    vault.close();
    say(`closed ${basename(made)}`);
  },
  append: ({ vault }, round) => {
    append(vault, pair(String(round)), round % 2 === 0 ? work : 1);
    return Promise.resolve();
  },
  "append with blobs": async ({ vault }, round) => {
    // Each third is larger than what is held in memory: its chunks are written before the commit that names them.
    const bytes = blobBytes(round % 3 === 2 ? 9_000_000 : 20_000 + round, String(round));
    const compartment = work;
    const blob = await vault.stageBlob(inPieces(bytes, 1_000_000), { compartment });
    const words = [`blob ${blob.id} ${sha256(bytes)}`, ...pair(`blob-${String(round)}`)];
    acknowledge(vault.append(words.map(text), { blobs: [blob], compartment }).firstSeq, words);
  },
  "add member": async ({ vault }, round) => {
    await addMember(vault, round);
  },
  rotate: ({ vault }, round) => {
    withEntry(vault, `rotated ${String(work)}`, (entries) => {
      vault.rotateCompartment({ compartment: work, entries });
    });
    append(vault, pair(`rotated-${String(round)}`));
    return Promise.resolve();
  },
  "remove member": async ({ vault }, round) => {
    const member = await addMember(vault, round);
    withEntry(vault, `removed ${member}`, (entries) => {
      vault.removeMember({ member, entries });
    });
    append(vault, pair(`removed-${String(round)}`));
  },
  "share compartments": ({ vault }) => {
    const member = others(vault);
    const seq = vault.size;
    let words = "";
    const compartment = vault.addCompartment({
      label: "Another",
      holders: [vault.memberId],
      entries: (id) => {
        words = `compartment ${String(id)} ${vault.memberId}`;
        return [text(words)];
      },
    });
    acknowledge(seq, [words]);
    withEntry(vault, `granted ${String(compartment)} ${member}`, (entries) => {
      vault.grantCompartment({ compartment, member, entries });
    });
    withEntry(vault, `revoked ${String(compartment)} ${member}`, (entries) => {
      vault.revokeCompartment({ compartment, member, entries });
    });
    return Promise.resolve();
  },
  "change passphrase": async (writer) => {
    const { vault, changes } = writer;
    const seq = vault.size;
    const words = `passphrase ${String(changes + 1)}`;
    const current = passphrase(changes);
    await vault.changePassphrase({ current, next: passphrase(changes + 1), entries: [text(words)] });
    writer.changes += 1;
    acknowledge(seq, [words]);
  },
  snapshot: ({ vault }, round) => {
    if (round % 2 === 1) append(vault, pair(`before-snapshot-${String(round)}`));
    const { size } = vault;
    vault.saveSnapshot([{ name: "overview", bytes: snapshotOf(size) }]);
    say(`snapshot ${String(size)}`);
    return Promise.resolve();
  },
  lock: async (writer, round) => {
    append(writer.vault, pair(`lock-${String(round)}`));
    writer.lock();
    say("closed");
    await writer.unlock();
  },
  recover: async (writer) => {
    await writer.unlock();
    writer.lock();
    say("closed");
  },
};

const [, , operation = "", path = "", mode = ""] = process.argv;
const act = operations[operation];
if (act === undefined) throw new Error(`there is no operation ${operation}`);
const writer = new Writer(path);
if (operation !== "create" && operation !== "recover") await writer.unlock();
if (mode === "forever") {
  say("begin");
  for (let round = 0; ; round += 1) await act(writer, round);
}
const deadly = /^before (\d+)$/.exec(mode)?.[1];
watchSteps(deadly === undefined ? null : Number(deadly));
const started = performance.now();
// A round of the largest kind: a blob that is written before its commit, a snapshot after an entry.
await act(writer, 5);
say(`took ${String(performance.now() - started)}`);
for (const name of stepsSeen()) say(`step ${name}`);
process.exit(0);
