import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { addMember, kdf, makeShared, once, openAs, temporaryFolder, textsOf, utf8 } from "./vault-fixture.ts";
import { readByTheDocument, type StrangerReading } from "./stranger.ts";

const folder = temporaryFolder("stranger");
afterAll(folder.remove);

const contents = (reading: StrangerReading): (string | null)[] => reading.entries.map((entry) => entry.content);

describe("a vault with compartments, several epochs, a removed member and a key backup", () => {
  it("reads the same by the document alone, for each as far as their keys go", async () => {
    const path = join(folder.path, "vault.evault");
    const vault = await makeShared(path);
    const bob = await addMember(vault, "Bob");
    const eve = await addMember(vault, "Eve", []);
    const third = vault.addCompartment({ label: "Third", holders: [eve], entries: () => [utf8("a third")] });
    const evidence = await vault.stageBlob(once(utf8("evidence")), { compartment: 2 });
    vault.append([utf8("with Bob")], { compartment: 2, blobs: [evidence] });
    vault.removeMember({ member: bob, entries: [utf8("without Bob")] });
    vault.rotateCompartment({ compartment: 2 });
    vault.append([utf8("third key")], { compartment: 2 });
    const ada = vault.memberId;
    const second = await vault.secondSigner({ member: { name: "Eve" }, passphrase: utf8("Eve") });
    second.append([utf8("by Eve")]);
    vault.close();
    const hers = await openAs(path, "Eve");
    hers.append([utf8("only Eve")], { compartment: third });
    const backup = await hers.backupKeys({ passphrase: utf8("in the safe"), kdf });
    hers.close();

    const lead = await openAs(path, "Ada");
    const texts = textsOf(lead);
    lead.close();
    expect(texts.slice(3)).toEqual(["with Bob", "without Bob", "third key", "by Eve", null]);
    const byAda = readByTheDocument(path, { name: "ada", passphrase: "the lead's passphrase", keyFile: null });
    expect(contents(byAda)).toEqual(texts);
    expect(byAda.entries.map((entry) => entry.author)).toEqual([ada, ada, ada, ada, ada, ada, eve, eve]);
    expect([...byAda.blobs]).toEqual([[evidence.id, Buffer.from("evidence")]]);
    const sealedToEve = ["founded", null, "a third", null, "without Bob", null, "by Eve", "only Eve"];
    for (const passphrase of [{ passphrase: "Eve" }, { passphrase: "in the safe", backup }]) {
      const byEve = readByTheDocument(path, { name: "Eve", keyFile: null, ...passphrase });
      expect(contents(byEve)).toEqual(sealedToEve);
      expect(byEve.blobs.size).toBe(0);
    }
    expect(() => readByTheDocument(path, { name: "Bob", passphrase: "Bob", keyFile: null })).toThrow("nobody of that");
  }, 90_000);
});
