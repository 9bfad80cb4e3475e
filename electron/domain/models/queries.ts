import { safeguardVariants, type Model, type ModelVersion, type SafeguardVariant } from "../../contract/planning.ts";
import { number, oneOf, text, textOrNull, type ReadModel, type Row } from "../read-model.ts";

export function modelExists(model: ReadModel, id: string): boolean {
  return model.get("SELECT 1 AS n FROM model WHERE id = ?", id) !== undefined;
}

export function modelVersionExists(model: ReadModel, id: string): boolean {
  return model.get("SELECT 1 AS n FROM model_version WHERE id = ?", id) !== undefined;
}

export function modelWords(model: ReadModel, id: string): string {
  const row = model.get("SELECT developer, name FROM model WHERE id = ?", id);
  return row === undefined ? id : `${text(row, "developer")} ${text(row, "name")}`;
}

const safeguardWords: Record<SafeguardVariant, string> = {
  "as-deployed": "as deployed",
  reduced: "safeguards reduced",
  removed: "safeguards removed",
  "not-stated": "safeguards not stated",
};

function words(row: Row): string {
  const safeguard = safeguardWords[oneOf(row, "safeguard", safeguardVariants)];
  return `${text(row, "name")} (${text(row, "checkpoint")}, ${safeguard})`;
}

const versionSelect = `SELECT v.*, m.name, m.developer, d.released_on, (SELECT count(*) FROM run r WHERE r.model_version_id = v.id) AS runs
  FROM model_version v JOIN model m ON m.id = v.model_id LEFT JOIN model_release d ON d.model_version_id = v.id`;

/** "Meridian-2 (checkpoint 0914, safeguards reduced)"; the id itself when there is no such version. */
export function modelVersionWords(model: ReadModel, id: string): string {
  const row = model.get(`${versionSelect} WHERE v.id = ?`, id);
  return row === undefined ? id : words(row);
}

/** The day on which a version was released, "2026-03-01"; null where nobody said. */
export function releaseDay(model: ReadModel, versionId: string): string | null {
  const row = model.get("SELECT released_on FROM model_release WHERE model_version_id = ?", versionId);
  return row === undefined ? null : text(row, "released_on");
}

/** The model that a version is of; null where there is no such version. */
export function modelOfVersion(model: ReadModel, versionId: string): string | null {
  const row = model.get("SELECT model_id FROM model_version WHERE id = ?", versionId);
  return row === undefined ? null : text(row, "model_id");
}

function version(row: Row): ModelVersion {
  return {
    id: text(row, "id"),
    modelId: text(row, "model_id"),
    checkpoint: text(row, "checkpoint"),
    safeguard: oneOf(row, "safeguard", safeguardVariants),
    access: text(row, "access"),
    settings: text(row, "settings"),
    releasedOn: textOrNull(row, "released_on"),
    runs: number(row, "runs"),
    words: words(row),
  };
}

export function listModels(model: ReadModel): Model[] {
  const versions = model.all(`${versionSelect} ORDER BY v.rowid`).map(version);
  return model.all("SELECT * FROM model ORDER BY developer COLLATE NOCASE, name COLLATE NOCASE").map((row) => ({
    id: text(row, "id"),
    developer: text(row, "developer"),
    name: text(row, "name"),
    note: text(row, "note"),
    origin: oneOf(row, "origin", ["hand", "log"]),
    versions: versions.filter((one) => one.modelId === text(row, "id")),
  }));
}

/** The model of that developer and name, whatever their case. */
export function findModel(model: ReadModel, developer: string, name: string): string | null {
  const row = model.get(
    "SELECT id FROM model WHERE developer = ? COLLATE NOCASE AND name = ? COLLATE NOCASE",
    developer,
    name,
  );
  return row === undefined ? null : text(row, "id");
}

export function versionsOf(model: ReadModel, modelId: string): ModelVersion[] {
  return model.all(`${versionSelect} WHERE v.model_id = ? ORDER BY v.rowid`, modelId).map(version);
}
