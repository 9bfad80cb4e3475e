import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import { layers } from "../../../build/lint/house.ts";
import { reasonAgainst } from "../../../build/lint/layers-rule.ts";
import { repositoryFolder } from "../../../build/paths.ts";

/** Some source file that is really there, so that the type-aware rules know it. */
function fileIn(folder: string): string {
  const name = readdirSync(join(repositoryFolder, folder)).find((entry) => entry.endsWith(".ts"));
  if (name === undefined) throw new Error(`${folder} holds no TypeScript file`);
  return `${folder}/${name}`;
}

async function messagesFor(path: string, code: string): Promise<string[]> {
  const eslint = new ESLint({ cwd: repositoryFolder });
  const [result] = await eslint.lintText(code, { filePath: join(repositoryFolder, path) });
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId ?? ""}: ${message}`);
}

describe("the arrows of the house", () => {
  it.each([
    ["electron/vault/a.ts", "../contract/values.ts"],
    ["electron/vault/a.ts", "../domain/runs/events.ts"],
    ["electron/contract/a.ts", "../vault/index.ts"],
    ["electron/statistics/a.ts", "../domain/runs/events.ts"],
    ["electron/domain/runs/a.ts", "../../vault/index.ts"],
    ["electron/domain/runs/a.ts", "node:fs"],
    ["electron/interchange/inspect/a.ts", "../../domain/runs/events.ts"],
    ["electron/sealing/a.ts", "../vault/keys.ts"],
    ["electron/handover/a.ts", "../vault/keys.ts"],
    ["electron/handover/a.ts", "../domain/journal.ts"],
    ["electron/publishing/a.ts", "../../renderer/parts/index.ts"],
    ["electron/service/a.ts", "electron"],
    ["electron/service/a.ts", "node:net"],
    ["electron/main/a.ts", "node:https"],
    ["electron/main/a.ts", "../vault/index.ts"],
    ["electron/cli/a.ts", "../domain/runs/events.ts"],
    ["electron/preload/index.ts", "node:fs"],
    ["electron/service/a.ts", "node:child_process"],
    ["renderer/screens/a.tsx", "../../electron/service/index.ts"],
    ["renderer/state/a.ts", "electron"],
    ["renderer/charts/a.tsx", "../parts/index.ts"],
    ["electron/domain/runs/a.ts", "left-pad"],
  ])("%s may not import %s", (path, specifier) => {
    expect(reasonAgainst(path, specifier)).toBeTypeOf("string");
  });

  it.each([
    ["electron/vault/a.ts", "./keys.ts"],
    ["electron/vault/a.ts", "libsodium-wrappers-sumo"],
    ["electron/domain/runs/a.ts", "../attempts/events.ts"],
    ["electron/domain/runs/a.ts", "../../statistics/wilson.ts"],
    ["electron/sealing/a.ts", "../vault/durable-file.ts"],
    ["electron/handover/a.ts", "../vault/merkle.ts"],
    ["electron/publishing/a.ts", "../../renderer/charts/axis.tsx"],
    ["electron/publishing/a.ts", "react-dom/server"],
    ["electron/service/silence.ts", "node:net"],
    ["electron/main/a.ts", "electron"],
    ["renderer/screens/a.tsx", "../charts/axis.tsx"],
    ["renderer/screens/a.tsx", "../../electron/contract/index.ts"],
    ["renderer/theme/a.ts", "./icon.svg?url"],
    ["tests/unit/a.test.ts", "../../electron/vault/index.ts"],
  ])("%s may import %s", (path, specifier) => {
    expect(reasonAgainst(path, specifier)).toBeUndefined();
  });

  it("lets types of Electron, which leave no import behind, into the service alone", () => {
    expect(reasonAgainst("electron/service/a.ts", "electron", true)).toBeUndefined();
    expect(reasonAgainst("electron/service/a.ts", "electron", false)).toBeTypeOf("string");
    expect(reasonAgainst("electron/domain/a.ts", "electron", true)).toBeTypeOf("string");
  });

  it("names each folder once, and no folder imports one that imports it back", () => {
    const folders = layers.map(({ folder }) => folder);
    expect(new Set(folders).size).toBe(folders.length);
    const importsOf = (folder: string) => layers.find((layer) => layer.folder === folder)?.imports ?? [];
    for (const folder of folders) {
      for (const imported of importsOf(folder)) expect(importsOf(imported), imported).not.toContain(folder);
    }
  });
});

describe("the lint configuration", () => {
  it("holds every way to import against the house", { timeout: 120_000 }, async () => {
    const messages = await messagesFor(
      fileIn("electron/vault"),
      [
        'import { a } from "../contract/values.ts";',
        'export * from "../domain/event.ts";',
        'export { b } from "electron";',
        'export const c = import("node:net");',
        'export type D = import("../service/index.ts").D;',
        "export const e = a;",
      ].join("\n"),
    );
    expect(messages.filter((message) => message.startsWith("evalvault/layers"))).toHaveLength(5);
  });

  it.each([
    [
      "electron/main",
      'import { autoUpdater } from "electron"; autoUpdater.checkForUpdates();',
      "no-restricted-imports",
    ],
    ["electron/main", 'import { ipcRenderer } from "electron"; export const x = ipcRenderer;', "no-restricted-imports"],
    ["electron/service", "console.log(1);", "no-console"],
    ["electron/service", 'export const u = URL.parse("a:b");', "no-restricted-properties"],
    ["electron/contract", "export default 1;", "no-restricted-syntax"],
    ["electron/contract", "export const x: any = 1;", "@typescript-eslint/no-explicit-any"],
    ["electron/contract", "Promise.resolve(1);", "@typescript-eslint/no-floating-promises"],
    ["electron/contract", "// eslint-disable-next-line no-var\nvar a = 1; export { a };", "evalvault/disable-reason"],
    ["electron/contract", `export const x = 1;${"\n".repeat(401)}`, "max-lines"],
  ])("in %s refuses %s", { timeout: 120_000 }, async (folder, code, rule) => {
    const messages = await messagesFor(fileIn(folder), code);
    expect(messages.some((message) => message.startsWith(`${rule}:`))).toBe(true);
  });
});
