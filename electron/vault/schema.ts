/** First four bytes of the header's application id: "EVLT". */
export const applicationId = 0x45564c54;
/** The format that this code reads and writes (SQLite's user_version). */
export const formatVersion = 1;
/** Bytes in a page. */
export const pageSize = 4096;
/** Value of SQLite's schema cookie in every closed vault. */
export const schemaCookie = 1;

/** One table of the format: its columns in the order of the file, the first being the INTEGER PRIMARY KEY. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: "INTEGER" | "BLOB" | "TEXT" }[];
  readonly sql: string;
}

function table(name: string, ...columns: readonly (readonly [string, "INTEGER" | "BLOB" | "TEXT"])[]): TableShape {
  const text = columns.map(([column, type], index) =>
    index === 0 ? `${column} INTEGER PRIMARY KEY` : `${column} ${type} NOT NULL`,
  );
  return {
    name,
    columns: columns.map(([column, type]) => ({ name: column, type })),
    sql: `CREATE TABLE ${name} (${text.join(", ")}) STRICT`,
  };
}

/** The tables in the order in which they are created; there are no indexes, views or triggers. */
export const tables: readonly TableShape[] = [
  table("vault", ["one", "INTEGER"], ["id", "BLOB"], ["nonce", "BLOB"], ["label", "TEXT"]),
  table(
    "member",
    ["number", "INTEGER"],
    ["id", "BLOB"],
    ["ed25519", "BLOB"],
    ["x25519", "BLOB"],
    ["added_by", "BLOB"],
    ["signature", "BLOB"],
  ),
  table(
    "slot",
    ["number", "INTEGER"],
    ["member", "BLOB"],
    ["label", "TEXT"],
    ["name_tag", "BLOB"],
    ["ops", "INTEGER"],
    ["memory", "INTEGER"],
    ["salt", "BLOB"],
    ["key_file", "INTEGER"],
    ["nonce", "BLOB"],
    ["wrapped", "BLOB"],
  ),
  table("compartment", ["id", "INTEGER"], ["label", "TEXT"], ["epoch", "INTEGER"]),
  table(
    "compartment_key",
    ["number", "INTEGER"],
    ["compartment", "INTEGER"],
    ["epoch", "INTEGER"],
    ["member", "BLOB"],
    ["sealed", "BLOB"],
  ),
  table(
    "entry",
    ["seq", "INTEGER"],
    ["compartment", "INTEGER"],
    ["epoch", "INTEGER"],
    ["nonce", "BLOB"],
    ["ciphertext", "BLOB"],
  ),
  table(
    "checkpoint",
    ["number", "INTEGER"],
    ["size", "INTEGER"],
    ["root", "BLOB"],
    ["signer", "BLOB"],
    ["note", "TEXT"],
  ),
  table("frontier", ["one", "INTEGER"], ["entries", "BLOB"], ["blobs", "BLOB"]),
  table(
    "blob",
    ["store", "INTEGER"],
    ["position", "INTEGER"],
    ["id", "BLOB"],
    ["compartment", "INTEGER"],
    ["epoch", "INTEGER"],
    ["chunks", "INTEGER"],
    ["digest", "BLOB"],
    ["nonce", "BLOB"],
    ["head", "BLOB"],
  ),
  table("blob_chunk", ["chunk", "INTEGER"], ["nonce", "BLOB"], ["ciphertext", "BLOB"]),
  table("staged", ["store", "INTEGER"]),
  table(
    "snapshot",
    ["number", "INTEGER"],
    ["member", "BLOB"],
    ["size", "INTEGER"],
    ["snapshot", "BLOB"],
    ["piece", "INTEGER"],
    ["nonce", "BLOB"],
    ["ciphertext", "BLOB"],
    ["digest", "BLOB"],
  ),
];

/** The tables whose rows the `outer` line of a checkpoint is a digest over, in this order. */
export const outerTables = ["vault", "member", "slot", "compartment", "compartment_key"] as const;

/** The columns and types of a table of the format. */
export function tableShape(name: string): TableShape {
  const shape = tables.find((one) => one.name === name);
  if (shape === undefined) throw new RangeError(`no table ${name}`);
  return shape;
}
