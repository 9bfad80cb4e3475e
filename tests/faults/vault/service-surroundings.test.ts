import "../kill/quick-argon2.ts";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { failureLine } from "../../../electron/contract/words.ts";
import { verifyVault } from "../../../electron/vault/index.ts";
import { ServiceClient } from "../../integration/service-client.ts";
import { createAsLead, importLog, leadLabel, leadPassphrase, logOf, unlockAsLead } from "../kill/service-tale.ts";
import { canMount, withDisk } from "./disk-mount.ts";
import { temporaryFolder, utf8 } from "./small-vault.ts";

/** What a person is told when the disk is full or the vault cannot be written, is open elsewhere, or goes away. */

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});
let made = 0;

async function withClient(act: (client: ServiceClient, logs: string) => Promise<void>): Promise<void> {
  made += 1;
  const own = join(folder.path, String(made));
  mkdirSync(own);
  const client = new ServiceClient(join(own, "profile"));
  try {
    await act(client, join(own, "logs"));
  } finally {
    await client.close();
  }
}

const unlocking = (client: ServiceClient, path: string) => ({
  file: client.file(path),
  member: leadLabel,
  passphrase: new Uint8Array(utf8(leadPassphrase)),
});

describe.skipIf(!canMount)("over the contract, on a disk of its own (needs root and mount)", () => {
  it("a full disk: an import is refused in words, nothing of it is there, locking works; with room it is taken in", () =>
    withClient((client, logs) =>
      withDisk(700, async (disk, remount) => {
        const path = join(disk, "a.evault");
        await createAsLead(client, path);
        await importLog(client, logs, logOf(0), null);
        writeFileSync(join(disk, "filler"), new Uint8Array(200_000));
        let taken = 1;
        let refusal = "";
        while (refusal === "" && taken < 200) {
          const log = logOf(taken);
          writeFileSync(join(logs, log.name), log.bytes);
          const files = [client.file(join(logs, log.name))];
          const [report] = (await client.ask("imports.logs", { files, campaignId: null })).files;
          if (report?.status === "imported") taken += 1;
          else refusal = report?.reason ?? "no reason";
        }
        expect(refusal).toMatch(/full/i);
        const { counts, entries } = await openState(client);
        expect(counts.runs).toBe(taken);
        await client.ask("vault.lock", {});
        expect(await client.ask("vault.state", {})).toEqual({ open: false });
        remount("size=20m");
        await unlockAsLead(client, path);
        expect(await openState(client)).toMatchObject({ entries, counts: { runs: taken } });
        await importLog(client, logs, logOf(taken), null);
        await client.ask("vault.lock", {});
        expect((await verifyVault(path)).problems).toEqual([]);
      }),
    ));

  it("a read-only disk: unlocking is refused in words, looking and verifying are not", () =>
    withClient((client) =>
      withDisk(4_000, async (disk, remount) => {
        const path = join(disk, "a.evault");
        await createAsLead(client, path);
        await client.ask("vault.lock", {});
        remount("ro");
        const failure = await client.refused("vault.unlock", unlocking(client, path));
        expect(failure.code).toBe("vault-read-only");
        expect(failureLine(failure)).toMatch(/permissions/);
        expect((await client.ask("vault.inspect", { file: client.file(path) })).slots).toHaveLength(2);
        expect(await client.ask("vault.verify", { file: client.file(path) })).toMatchObject({ ok: true });
      }),
    ));
});

type OpenState = Extract<Awaited<ReturnType<typeof stateOf>>, { open: true }>;
const stateOf = (client: ServiceClient) => client.ask("vault.state", {});

async function openState(client: ServiceClient): Promise<OpenState> {
  const state = await stateOf(client);
  if (!state.open) throw new Error("the vault is not open");
  return state;
}

describe("over the contract", () => {
  it("a vault that is open elsewhere is said to be, and stays with its holder", () =>
    withClient((holder, logs) =>
      withClient(async (other) => {
        const path = join(folder.path, "held.evault");
        await createAsLead(holder, path);
        const failure = await other.refused("vault.unlock", unlocking(other, path));
        expect(failure.code).toBe("vault-in-use");
        expect(failureLine(failure)).toMatch(/open elsewhere/);
        await importLog(holder, logs, logOf(0), null);
      }),
    ));

  it.each(["deleted", "renamed"])("a vault that is %s while it is open takes nothing more, and can be locked", (how) =>
    withClient(async (client, logs) => {
      const path = join(folder.path, `${how}.evault`);
      await createAsLead(client, path);
      await importLog(client, logs, logOf(0), null);
      if (how === "deleted") rmSync(path);
      else renameSync(path, join(folder.path, "elsewhere.evault"));
      const log = logOf(1);
      writeFileSync(join(logs, log.name), log.bytes);
      const files = [client.file(join(logs, log.name))];
      const { files: reports } = await client.ask("imports.logs", { files, campaignId: null });
      expect(reports).toMatchObject([{ status: "refused" }]);
      const failure = await client.refused("recipients.add", { name: "X", organisation: "", key: ageKey });
      expect(failure.code).toBe("vault-missing");
      expect((await openState(client)).counts).toMatchObject({ runs: 1, recipients: 0 });
      await client.ask("vault.lock", {});
      expect(await stateOf(client)).toEqual({ open: false });
      if (how === "deleted") return;
      await unlockAsLead(client, join(folder.path, "elsewhere.evault"));
      expect((await openState(client)).counts.runs).toBe(1);
    }),
  );
});

/** A recipient's key that is right in form. */
const ageKey = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
