import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { writeFileDurably } from "../vault/index.ts";

/**
 * What this workstation remembers of vaults: where they are and how far each had got when it was last seen. Only what
 * is safe to be read by anyone: paths, outer labels, counts, root hashes. The last-seen checkpoint is a rollback anchor.
 */
const profileSchema = z.strictObject({
  vaults: z
    .array(
      z.strictObject({
        id: z.string(),
        path: z.string(),
        label: z.string(),
        openedAt: z.number(),
        size: z.int().nonnegative(),
        root: z.string(),
      }),
    )
    .max(1_000),
  /** Checkpoints met outside of their vault: in sealed reports, kept files, packages. */
  checkpoints: z
    .array(
      z.strictObject({
        vault: z.string(),
        kind: z.enum(["sealed-report", "checkpoint-file", "hand-over"]),
        size: z.int().nonnegative(),
        root: z.string(),
        at: z.number(),
        source: z.string(),
        /** The signed note: without a member's signature it proves nothing. */
        note: z.string(),
      }),
    )
    .max(5_000)
    .default([]),
});
type ProfileData = z.infer<typeof profileSchema>;
export type SeenVault = ProfileData["vaults"][number];
export type SeenCheckpoint = ProfileData["checkpoints"][number];

/** Kept for each vault; the largest are the strongest. */
const checkpointsPerVault = 100;

export class Profile {
  readonly #path: string;
  #data: ProfileData;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#path = join(folder, "vaults.json");
    this.#data = load(this.#path);
  }

  /** Vaults opened from this profile, the last one first. */
  recent(): (SeenVault & { fileName: string; folder: string; present: boolean })[] {
    return [...this.#data.vaults]
      .sort((a, b) => b.openedAt - a.openedAt)
      .slice(0, 12)
      .map((one) => ({
        ...one,
        fileName: basename(one.path),
        folder: basename(dirname(one.path)),
        present: existsSync(one.path),
      }));
  }

  /** The furthest that any copy of the vault was seen, null when it never was. */
  lastSeen(vaultId: string): SeenVault | null {
    const seen = this.#data.vaults.filter((one) => one.id === vaultId);
    return seen.reduce<SeenVault | null>(
      (furthest, one) => (furthest === null || one.size > furthest.size ? one : furthest),
      null,
    );
  }

  /** Remembers how far a vault has got. A profile that cannot be written is no reason to refuse work. */
  remember(seen: SeenVault): void {
    const others = this.#data.vaults.filter((one) => one.id !== seen.id || one.path !== seen.path);
    this.#data = { ...this.#data, vaults: [seen, ...others].slice(0, 200) };
    this.#write();
  }

  /** Checkpoints of a vault that were met outside of it, the largest first. */
  checkpoints(vaultId: string): readonly SeenCheckpoint[] {
    return this.#data.checkpoints.filter((one) => one.vault === vaultId).sort((a, b) => b.size - a.size);
  }

  /** Remembers a checkpoint that was met outside of its vault. */
  rememberCheckpoint(seen: SeenCheckpoint): void {
    const same = (one: SeenCheckpoint): boolean =>
      one.kind === seen.kind && one.size === seen.size && one.root === seen.root && one.source === seen.source;
    const ofVault = [...this.checkpoints(seen.vault).filter((one) => !same(one)), seen];
    const kept = ofVault.sort((a, b) => b.size - a.size).slice(0, checkpointsPerVault);
    const others = this.#data.checkpoints.filter((one) => one.vault !== seen.vault);
    this.#data = { ...this.#data, checkpoints: [...kept, ...others].slice(0, 5_000) };
    this.#write();
  }

  #write(): void {
    try {
      writeFileDurably(this.#path, new TextEncoder().encode(JSON.stringify(this.#data, null, 1)));
    } catch {
      // The anchor is missing then, and Settings says which anchors there are.
    }
  }
}

function load(path: string): ProfileData {
  try {
    const parsed = profileSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return parsed.success ? parsed.data : { vaults: [], checkpoints: [] };
  } catch {
    return { vaults: [], checkpoints: [] };
  }
}
