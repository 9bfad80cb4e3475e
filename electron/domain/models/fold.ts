import type { SafeguardVariant } from "../../contract/planning.ts";
import type { ReadModel } from "../read-model.ts";

export const modelTables = [
  `CREATE TABLE model (id TEXT PRIMARY KEY, developer TEXT NOT NULL, name TEXT NOT NULL, note TEXT NOT NULL,
     origin TEXT NOT NULL) STRICT`,
  `CREATE TABLE model_version (id TEXT PRIMARY KEY, model_id TEXT NOT NULL, checkpoint TEXT NOT NULL,
     safeguard TEXT NOT NULL, access TEXT NOT NULL, settings TEXT NOT NULL) STRICT`,
  "CREATE INDEX model_version_by_model ON model_version (model_id)",
  "CREATE TABLE model_release (model_version_id TEXT PRIMARY KEY, released_on TEXT NOT NULL) STRICT, WITHOUT ROWID",
];

export function insertModel(
  model: ReadModel,
  body: { id: string; developer: string; name: string; note: string; origin: string },
): void {
  model.run("INSERT INTO model VALUES (?, ?, ?, ?, ?)", body.id, body.developer, body.name, body.note, body.origin);
}

export function insertModelVersion(
  model: ReadModel,
  body: {
    id: string;
    modelId: string;
    checkpoint: string;
    safeguard: SafeguardVariant;
    access: string;
    settings: string;
  },
): void {
  model.run(
    "INSERT INTO model_version VALUES (?, ?, ?, ?, ?, ?)",
    body.id,
    body.modelId,
    body.checkpoint,
    body.safeguard,
    body.access,
    body.settings,
  );
}

export function keepReleaseDay(model: ReadModel, versionId: string, releasedOn: string | null): void {
  if (releasedOn === null) model.run("DELETE FROM model_release WHERE model_version_id = ?", versionId);
  else model.run("INSERT OR REPLACE INTO model_release VALUES (?, ?)", versionId, releasedOn);
}
