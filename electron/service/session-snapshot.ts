import { z } from "zod";
import { foldEntry } from "../domain/journal.ts";
import type { EventSource } from "../domain/event.ts";
import { foldAllAway } from "../domain/runs/unfold.ts";
import type { OpenVault } from "../vault/index.ts";
import { ReadModelDatabase, readModelShape, type JournalList } from "./read-model-database.ts";

/**
 * The read model between two unlockings: kept in the vault, encrypted to the member who locked it. The journal's list, which
 * grows with everything that ever happened, is a part of its own and read when something asks for it, so that unlocking
 * takes as long as what is on the first screen.
 */

const headerSchema = z.object({ shape: z.string(), folded: z.int().nonnegative(), readable: z.string() });
const parts = { header: "header", model: "model", journal: "journal" } as const;

/** Compartments that this member reads: with others, a read model of before has gaps or says too much. */
function readable(vault: OpenVault): string {
  return vault
    .compartments()
    .filter((one) => one.readable)
    .map((one) => String(one.id))
    .join(" ");
}

/** Writes the read model of `folded` entries, unless it is the one that was loaded. */
export function saveSnapshot(vault: OpenVault, model: ReadModelDatabase, folded: number): void {
  // Whatever changes the read model asks for the journal's list first.
  if (model.awaitsJournal) return;
  foldAllAway(model);
  const header = JSON.stringify({ shape: readModelShape, folded, readable: readable(vault) });
  const { journal, rest } = model.serialize();
  vault.saveSnapshot([
    { name: parts.header, bytes: new TextEncoder().encode(header) },
    { name: parts.model, bytes: rest },
    { name: parts.journal, bytes: journal },
  ]);
}

/** The journal's list made again from the entries: for a snapshot whose own is not whole. */
function foldedList(vault: OpenVault, source: EventSource, folded: number): JournalList {
  const model = ReadModelDatabase.empty();
  try {
    model.transaction(() => {
      for (const entry of vault.entries(0, folded)) foldEntry(model, source, entry);
    });
    return model.journalList();
  } finally {
    model.close();
  }
}

/** The read model of the snapshot, and how many entries it holds; an empty one where there is none that fits. */
export function restoreSnapshot(vault: OpenVault, source: EventSource): { model: ReadModelDatabase; folded: number } {
  const nothing = () => ({ model: ReadModelDatabase.empty(), folded: 0 });
  const snapshot = vault.loadSnapshot([parts.journal]);
  const found = new Map(snapshot?.parts.map((part) => [part.name, part.bytes]));
  const [header, model] = [found.get(parts.header), found.get(parts.model)];
  if (snapshot === null || header === undefined || model === undefined) return nothing();
  const known = headerSchema.safeParse(JSON.parse(new TextDecoder().decode(header)));
  if (!known.success) return nothing();
  const { shape, folded } = known.data;
  const fits = shape === readModelShape && known.data.readable === readable(vault) && folded <= vault.size;
  if (!fits) return nothing();
  const journal = (): JournalList => {
    const kept = snapshot.later(parts.journal);
    return kept === null ? foldedList(vault, source, folded) : ReadModelDatabase.listFrom(kept);
  };
  return { model: ReadModelDatabase.from(model, journal), folded };
}
