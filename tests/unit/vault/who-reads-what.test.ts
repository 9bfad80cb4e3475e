import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { unlockVault, verifyVault, type OpenVault } from "../../../electron/vault/index.ts";
import { addMember, codeOf, makeShared, openAs, temporaryFolder, utf8, words } from "./vault-fixture.ts";

vi.mock("../../../electron/vault/key-derivation.ts", async (original) => {
  const { quickDerivation } = await import("./quick-derivation.ts");
  return quickDerivation(original);
});

const folder = temporaryFolder("who-reads-what");
afterAll(folder.remove);

interface ModelCompartment {
  epoch: number;
  /** Names, each with the epochs of which they have a key. */
  readonly keys: Map<string, Set<number>>;
}

interface ModelEntry {
  readonly author: string;
  readonly compartment: number;
  readonly epoch: number;
  readonly text: string;
}

type Outcome = "no error" | "invalid-argument" | "no-such-member" | "no-such-compartment";

/** What the vault must do, said without any cryptography. Names stand for members. */
class Model {
  readonly members = new Map<string, string>();
  readonly removed = new Map<string, string>();
  readonly compartments = new Map<number, ModelCompartment>();
  readonly entries: ModelEntry[] = [];

  compartment(id: number): ModelCompartment {
    const found = this.compartments.get(id);
    if (found === undefined) throw new Error(`no compartment ${String(id)} in the model`);
    return found;
  }

  holds(name: string, id: number): boolean {
    const { epoch, keys } = this.compartment(id);
    return keys.get(name)?.has(epoch) ?? false;
  }

  holders(id: number): string[] {
    return [...this.members.keys()].filter((name) => this.holds(name, id));
  }

  write(author: string, compartment: number, text: string): void {
    this.entries.push({ author, compartment, epoch: this.compartment(compartment).epoch, text });
  }

  renew(id: number, holders: readonly string[]): void {
    const compartment = this.compartment(id);
    compartment.epoch += 1;
    for (const name of holders)
      compartment.keys.set(name, (compartment.keys.get(name) ?? new Set()).add(compartment.epoch));
  }

  share(id: number, from: string, to: string): void {
    const { keys } = this.compartment(id);
    keys.set(to, new Set([...(keys.get(to) ?? []), ...(keys.get(from) ?? [])]));
  }

  remove(name: string): void {
    const held = [...this.compartments.keys()].filter((id) => this.holds(name, id));
    this.removed.set(name, this.members.get(name) ?? "");
    this.members.delete(name);
    for (const { keys } of this.compartments.values()) keys.delete(name);
    for (const id of held) this.renew(id, this.holders(id));
  }

  reads(name: string): (string | null)[] {
    return this.entries.map((one) =>
      this.compartment(one.compartment).keys.get(name)?.has(one.epoch) === true ? one.text : null,
    );
  }
}

/** Choices are numbers, taken modulo what there is to choose from when it comes to it. */
interface Act {
  readonly kind:
    "append" | "add" | "remove" | "grant" | "revoke" | "rotate" | "compartment" | "second" | "second-removes";
  readonly first: number;
  readonly second: number;
}

const acts = fc.record({
  kind: fc.constantFrom<Act["kind"][]>(
    "append",
    "append",
    "add",
    "add",
    "remove",
    "grant",
    "revoke",
    "revoke",
    "revoke",
    "rotate",
    "compartment",
    "second",
    "second-removes",
  ),
  first: fc.nat(100),
  second: fc.nat(100),
});
const sessions = fc.array(fc.record({ who: fc.nat(100), acts: fc.array(acts, { minLength: 1, maxLength: 6 }) }), {
  minLength: 1,
  maxLength: 7,
});

const pick = <T>(from: readonly T[], choice: number): T => {
  const found = from[choice % from.length];
  if (found === undefined) throw new Error("there is nothing to choose from");
  return found;
};

/** One session of one member: does each act with the vault and with the model, and compares what came of it. */
class Session {
  readonly #model: Model;
  readonly #vault: OpenVault;
  readonly #self: string;

  constructor(model: Model, vault: OpenVault, self: string) {
    this.#model = model;
    this.#vault = vault;
    this.#self = self;
  }

  async does(act: Act): Promise<void> {
    const model = this.#model;
    const text = `entry ${String(model.entries.length)}`;
    const member = pick([...model.members.keys()], act.first);
    const compartment = pick([...model.compartments.keys()], act.second);
    const change = { compartment, member: model.members.get(member) ?? "", entries: [utf8(text)] };
    switch (act.kind) {
      case "append":
        return this.#append(compartment, text);
      case "add":
        return this.#add(compartment, act.first % 2 === 0);
      case "remove":
        return this.#remove(member, text, this.#self, () => {
          this.#vault.removeMember(change);
        });
      case "grant":
        return this.#grant(
          member,
          compartment,
          () => {
            this.#vault.grantCompartment(change);
          },
          text,
        );
      case "revoke":
        return this.#revoke(
          member,
          compartment,
          () => {
            this.#vault.revokeCompartment(change);
          },
          text,
        );
      case "rotate":
        return this.#rotate(
          compartment,
          () => {
            this.#vault.rotateCompartment(change);
          },
          text,
        );
      case "compartment":
        return this.#newCompartment(member, text);
      case "second":
      case "second-removes":
        return this.#second(act, member, text);
    }
  }

  async #expect(outcome: Outcome, work: () => unknown): Promise<boolean> {
    expect(await codeOf(work)).toBe(outcome);
    return outcome === "no error";
  }

  async #append(compartment: number, text: string): Promise<void> {
    const holds = this.#model.holds(this.#self, compartment);
    const work = (): unknown => this.#vault.append([utf8(text)], { compartment });
    if (await this.#expect(holds ? "no error" : "no-such-compartment", work)) {
      this.#model.write(this.#self, compartment, text);
    }
  }

  async #add(compartment: number, all: boolean): Promise<void> {
    const model = this.#model;
    const name = `member ${String(model.members.size + model.removed.size)}`;
    const shared = all ? [...model.compartments.keys()].filter((id) => model.holds(this.#self, id)) : [1, compartment];
    const holds = shared.every((id) => model.holds(this.#self, id));
    let id = "";
    const work = async (): Promise<void> => {
      id = await addMember(this.#vault, name, all ? undefined : [compartment]);
    };
    if (!(await this.#expect(holds ? "no error" : "no-such-compartment", work))) return;
    model.members.set(name, id);
    for (const one of shared) model.share(one, this.#self, name);
  }

  async #remove(member: string, text: string, signer: string, work: () => void): Promise<void> {
    const refused = member === this.#self || member === signer;
    if (!(await this.#expect(refused ? "invalid-argument" : "no error", work))) return;
    this.#model.remove(member);
    this.#model.write(signer, 1, text);
  }

  async #grant(member: string, compartment: number, work: () => void, text: string): Promise<void> {
    const holds = this.#model.holds(this.#self, compartment);
    if (!(await this.#expect(holds ? "no error" : "no-such-compartment", work))) return;
    this.#model.share(compartment, this.#self, member);
    this.#model.write(this.#self, 1, text);
  }

  async #revoke(member: string, compartment: number, work: () => void, text: string): Promise<void> {
    const model = this.#model;
    const holders = model.holders(compartment);
    const possible = compartment !== 1 && member !== this.#self && holders.includes(member) && holders.length > 1;
    if (!(await this.#expect(possible ? "no error" : "invalid-argument", work))) return;
    model.compartment(compartment).keys.delete(member);
    model.renew(
      compartment,
      holders.filter((name) => name !== member),
    );
    model.write(this.#self, 1, text);
  }

  async #rotate(compartment: number, work: () => void, text: string): Promise<void> {
    const holders = this.#model.holders(compartment);
    if (!(await this.#expect(holders.length > 0 ? "no error" : "invalid-argument", work))) return;
    this.#model.renew(compartment, holders);
    this.#model.write(this.#self, 1, text);
  }

  async #newCompartment(member: string, text: string): Promise<void> {
    const model = this.#model;
    const id = model.compartments.size + 1;
    const holders = [member, this.#self].slice(0, 1 + (model.entries.length % 2));
    await this.#expect("no error", () => {
      const ids = holders.map((name) => model.members.get(name) ?? "");
      const made = this.#vault.addCompartment({ label: `C${String(id)}`, holders: ids, entries: () => [utf8(text)] });
      expect(made).toBe(id);
    });
    model.compartments.set(id, { epoch: 1, keys: new Map(holders.map((name) => [name, new Set([1])])) });
    model.write(this.#self, 1, text);
  }

  async #second(act: Act, member: string, text: string): Promise<void> {
    const name = pick([...this.#model.members.keys()], act.second);
    const request = { member: { name }, passphrase: name === "Ada" ? utf8("the lead's passphrase") : utf8(name) };
    if (name === this.#self) {
      await this.#expect("invalid-argument", () => this.#vault.secondSigner(request));
      return;
    }
    const second = await this.#vault.secondSigner(request);
    if (act.kind === "second") {
      second.append([utf8(text)]);
      this.#model.write(name, 1, text);
    } else {
      const removal = { member: this.#model.members.get(member) ?? "", entries: [utf8(text)] };
      await this.#remove(member, text, name, () => {
        second.removeMember(removal);
      });
    }
    if (act.first % 2 === 0) second.close();
  }
}

/** Everything that must hold for one member, in a session of theirs. */
async function checkMember(model: Model, path: string, name: string): Promise<void> {
  const vault = await openAs(path, name);
  try {
    const nameOf = new Map([...model.members, ...model.removed].map(([one, id]) => [id, one]));
    const read = [...vault.entries(0)];
    expect(read.map((one) => words(one.plaintext))).toEqual(model.reads(name));
    expect(read.map((one) => [nameOf.get(one.author), one.compartment, one.epoch])).toEqual(
      model.entries.map((one) => [one.author, one.compartment, one.epoch]),
    );
    expect(
      vault.compartments().map((one) => [one.id, one.epoch, one.holders.map((id) => nameOf.get(id)), one.readable]),
    ).toEqual([...model.compartments].map(([id, one]) => [id, one.epoch, model.holders(id), model.holds(name, id)]));
    expect(await vault.verify()).toMatchObject({
      ok: true,
      problems: [],
      depth: "everything",
      entries: model.entries.length,
      sealed: model.reads(name).filter((text) => text === null).length,
    });
  } finally {
    vault.close();
  }
}

describe("any sequence of additions, removals, grants, revocations, rotations and entries, by any member", () => {
  it("lets each read exactly what their keys allow, and verifies", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(sessions, async (plan) => {
        run += 1;
        const path = join(folder.path, `${String(run)}.evault`);
        const founded = await makeShared(path);
        const model = new Model();
        model.members.set("Ada", founded.memberId);
        for (const id of [1, 2]) model.compartments.set(id, { epoch: 1, keys: new Map([["Ada", new Set([1])]]) });
        model.write("Ada", 1, "founded");
        model.write("Ada", 2, "first evaluation");
        founded.close();
        for (const { who, acts: wanted } of plan) {
          const self = pick([...model.members.keys()], who);
          const vault = await openAs(path, self);
          const session = new Session(model, vault, self);
          try {
            for (const act of wanted) await session.does(act);
          } finally {
            vault.close();
          }
        }
        expect(await verifyVault(path)).toMatchObject({ ok: true, problems: [], entries: model.entries.length });
        for (const name of model.members.keys()) await checkMember(model, path, name);
        for (const [name, id] of model.removed) {
          const opening = unlockVault(path, { member: { id }, passphrase: utf8(name) });
          expect(await codeOf(() => opening)).toBe("wrong-passphrase");
        }
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});
