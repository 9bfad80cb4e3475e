import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createVaultFor, ServiceClient, temporaryFolder } from "./service-client.ts";

/** Charts saved as files, over the contract. */

const folder = temporaryFolder();
const client = new ServiceClient(folder.path("profile"));
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>Größe</title></svg>';

beforeAll(async () => {
  await createVaultFor(client, folder.path("northgate.evault"));
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

it("writes the text as UTF-8, an SVG with its declaration", async () => {
  const paths = { svg: folder.path("pairs.svg"), csv: folder.path("pairs.csv") };
  const drawn = await client.ask("exports.drawing", {
    format: "svg",
    text: svg,
    destination: client.destination(paths.svg),
  });
  const text = readFileSync(paths.svg, "utf8");
  expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>\n${svg}`);
  expect(drawn.bytes).toBe(Buffer.byteLength(text));
  await client.ask("exports.drawing", {
    format: "csv",
    text: "a,b\r\n1,2\r\n",
    destination: client.destination(paths.csv),
  });
  expect(readFileSync(paths.csv, "utf8")).toBe("a,b\r\n1,2\r\n");
});

it("takes nothing for an SVG that is none, and writes nothing while the vault is locked", async () => {
  const path = folder.path("other.svg");
  const destination = client.destination(path);
  const refused = await client.refused("exports.drawing", { format: "svg", text: "<html></html>", destination });
  expect(refused.code).toBe("invalid-request");
  await client.ask("vault.lock", {});
  const locked = await client.refused("exports.drawing", { format: "svg", text: svg, destination });
  expect(locked.code).toBe("vault-locked");
  expect(existsSync(path)).toBe(false);
});
