import { rosterCompartment } from "../../contract/values.ts";
import { count, number, oneOf, text, type ReadModel } from "../read-model.ts";

/** The compartment of what all evaluators share: the roster's own in vaults that were made before there was another. */
export function sharedCompartment(model: ReadModel): number {
  const row = model.get("SELECT id FROM compartment WHERE kind = 'shared'");
  return row === undefined ? rosterCompartment : number(row, "id");
}

/** The kind of a compartment by the journal; null where it knows none of that number. */
export function compartmentKind(model: ReadModel, id: number): "roster" | "shared" | "separate" | null {
  if (id === rosterCompartment) return "roster";
  const row = model.get("SELECT kind FROM compartment WHERE id = ?", id);
  return row === undefined ? null : oneOf<"shared" | "separate">(row, "kind", ["shared", "separate"]);
}

/** The name that a compartment goes by inside the vault. */
export function compartmentName(model: ReadModel, id: number): string {
  if (id === rosterCompartment) return "Members and policies";
  const row = model.get("SELECT name FROM compartment WHERE id = ?", id);
  return row === undefined ? `Compartment ${String(id)}` : text(row, "name");
}

/** The compartments that the journal names, the roster first. */
export function listCompartments(
  model: ReadModel,
): { id: number; kind: "roster" | "shared" | "separate"; name: string; entries: number }[] {
  const named = model.all("SELECT id FROM compartment ORDER BY id").map((row) => number(row, "id"));
  return [rosterCompartment, ...named].map((id) => ({
    id,
    kind: compartmentKind(model, id) ?? "separate",
    name: compartmentName(model, id),
    entries: count(model, "SELECT coalesce(max(entries), 0) AS n FROM journal_count WHERE compartment = ?", id),
  }));
}

/** What the codes of runs and reports begin with: nothing, but for those of separate compartments. */
export function codePrefix(model: ReadModel, compartment: number): string {
  return compartmentKind(model, compartment) === "separate" ? `C${String(compartment)}-` : "";
}
