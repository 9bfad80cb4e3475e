import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { expect } from "@playwright/test";
import { advisoryNotice } from "../../electron/contract/report-templates.ts";
import { generateIdentity } from "../../electron/sealing/age-keys.ts";
import { readPdf } from "../unit/publishing/pdf-reading.ts";
import { writeForApp } from "./journey-files.ts";
import { answerDialogs } from "./journey-keyboard.ts";
import { dialogOf, onScreen, type Journey } from "./journey-steps.ts";

/** A recipient's age key: a typo in it is refused, the right one shows its fingerprint, which is compared. */
export async function addRecipient(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  const identity = await generateIdentity("classic", new Date(0));
  writeForApp(journey, "key.txt", identity.keyFile);
  const { key } = identity.recipient;
  await keys.press("Alt+8");
  await onScreen(journey, "Recipients");
  await keys.press("Alt+n");
  const dialog = dialogOf(journey, "Add a recipient");
  await keys.write("Name", words.recipient);
  await keys.write(/^Organisation/, words.organisation);
  await keys.write("Public key", `${key.slice(0, -1)}${key.endsWith("q") ? "p" : "q"}`);
  await expect(dialog.getByRole("alert")).toBeVisible();
  await keys.write("Public key", key);
  await expect(dialog.getByText(identity.recipient.fingerprint.hex.slice(0, 4)).first()).toBeVisible();
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await journey.picture("recipient-add");
  await keys.push("Add the recipient");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/never compared/i).first()).toBeVisible();
  await keys.push("Record comparison");
  await keys.write("How it was compared", words.comparison);
  await keys.push(/^They match/);
  await expect(page.getByText(words.comparison).first()).toBeVisible();
  await journey.picture("recipients");
}

/** A report on the campaign: words, a figure and a table in its first section, preview. */
export async function writeReport(journey: Journey): Promise<void> {
  const { keys, page, words } = journey;
  await keys.press("Alt+7");
  await onScreen(journey, "Reports");
  await keys.press("Alt+n");
  await keys.write("Title", words.reportTitle);
  await keys.pick("Scope", "A campaign");
  await keys.search("Campaign", words.campaign);
  await journey.picture("report-new");
  await keys.push("Create the draft");
  await onScreen(journey, words.reportTitle);
  const text = page.locator(".report-text");
  await keys.reach(text);
  await keys.type(`${words.reportText}: **2** of 10 attempts. <script>alert(1)</script>`);
  for (const block of [/^Figure/, /^Table/]) {
    await keys.menu("Insert", block);
    await expect(text).toBeFocused();
  }
  await expect(text).toHaveValue(/\[\[figure:[^\]]+\]\]\s+\[\[table:[^\]]+\]\]/);
  await expect(page.locator(".report-saved")).toHaveText("Saved");
  await expect(page.getByRole("region", { name: "Guidance and how it reads" }).locator("svg").first()).toBeVisible();
  await journey.picture("report-write");
  await keys.reach(page.getByRole("tablist", { name: "Report" }));
  await keys.press("ArrowRight");
  const preview = page.getByRole("tabpanel", { name: "Preview" });
  await expect(preview).toContainText(words.reportText);
  await expect(preview.getByText("SECRET//NOFORN").first()).toBeVisible();
  await journey.picture("report-preview");
}

/** Freezes it, signs it, seals it to the recipient. */
export async function sealReport(journey: Journey): Promise<void> {
  const { app, keys, page, words } = journey;
  const steps = page.getByRole("list", { name: "State of the report" });
  const now = steps.locator("[aria-current=step]");
  await keys.press("Control+Enter");
  await keys.push("Freeze the report");
  await expect(now).toContainText("Frozen");
  await keys.press("Control+Enter");
  await journey.picture("report-sign");
  await keys.push("Sign the report");
  await expect(now).toContainText("Signed");
  await keys.press("Control+Enter");
  const dialog = dialogOf(journey, /^Seal/);
  await keys.push("Choose a place and seal");
  await expect(dialog.getByRole("alert")).toHaveText("Choose at least one recipient.");
  await keys.tick(new RegExp(`^${words.recipient}`));
  await answerDialogs(app.electron, { save: journey.path("EV.sealed") });
  await journey.picture("report-seal");
  await keys.push("Choose a place and seal");
  await expect(dialog.getByText("EV.sealed was sealed")).toBeVisible();
  await expect(dialog.getByText("report.pdf", { exact: true })).toBeVisible();
  await journey.picture("report-sealed");
  await keys.push("Done");
  await expect(dialog).toHaveCount(0);
  // Once more: the pages are printed anew, and have to be the same bytes.
  await keys.press("Control+Enter");
  await keys.tick(new RegExp(`^${words.recipient}`));
  await answerDialogs(app.electron, { save: journey.path("EV-again.sealed") });
  await keys.push("Choose a place and seal");
  await expect(dialog.getByText("EV-again.sealed was sealed")).toBeVisible();
  await keys.push("Done");
  await expect(dialog).toHaveCount(0);
  await expect(now).toContainText("Sealed");
  await keys.press("Alt+7");
  await onScreen(journey, "Reports");
  await expect(page.getByRole("row").filter({ hasText: words.reportTitle })).toContainText(words.recipient);
  await journey.picture("reports");
}

/** What the package of this journey says of its signer. */
export interface Unsealed {
  readonly folder: string;
  readonly signerKey: string;
}

/** What age and tar take out of one of this journey's packages. */
function unpack(journey: Journey, name: string): string {
  const folder = journey.path("plain");
  const script = 'set -eu; age -d -i "$1" "$2" > "$3.tar"; tar x -C "$3" -f "$3.tar"; rm "$3.tar"';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const sealed = journey.path(`${name}/report.tar.age`);
  execFileSync("sh", ["-c", script, "sh", journey.path("key.txt"), sealed, folder]);
  return folder;
}

/** The printed report: marking, notice and number on every page, tagged, with an outline, nothing of the machine. */
function checkPdf(journey: Journey, bytes: Buffer): void {
  const { pages, outline, everything } = readPdf(bytes);
  expect(pages.length).toBeGreaterThan(1);
  for (const [index, page] of pages.entries()) {
    expect(page.match(/SECRET\/\/NOFORN/g)?.length, `markings of page ${index + 1}`).toBeGreaterThanOrEqual(2);
    expect(page).toContain(advisoryNotice.replaceAll(" ", ""));
    expect(page).toContain(`Page${index + 1}of${pages.length}`);
    expect(page).toMatch(/EV-\d{4}-\d{4},revision1/);
  }
  expect(pages.join("")).toContain(journey.words.reportText.replaceAll(/\s/g, ""));
  expect(pages.join("")).toContain("<script>alert(1)</script>");
  expect(outline).toContain("Integrity");
  for (const said of ["/StructTreeRoot", "/MarkInfo", "/Lang (en)", "/Creator (EvalVault)"])
    expect(everything).toContain(said);
  expect(everything).not.toMatch(/Mozilla|Linux|\/JavaScript|\/EmbeddedFile/);
}

/** Opens the package with stock age, tar and minisign. @throws Error where one of them refuses it */
export function openWithStockTools(journey: Journey): Unsealed {
  const again = readFileSync(`${unpack(journey, "EV-again.sealed")}/report.pdf`);
  const folder = unpack(journey, "EV.sealed");
  const pdf = readFileSync(`${folder}/report.pdf`);
  checkPdf(journey, pdf);
  expect(again.equals(pdf), "the same report printed twice").toBe(true);
  const manifest: unknown = JSON.parse(readFileSync(`${folder}/manifest.json`, "utf8"));
  const signerKey = /"publicKey":\s*"(RW[^"]+)"/.exec(JSON.stringify(manifest))?.[1] ?? "";
  const verify = ["-V", "-H", "-P", signerKey, "-m", `${folder}/manifest.json`];
  expect(execFileSync("minisign", verify, { encoding: "utf8" })).toMatch(/Signature and comment signature verified/);
  for (const name of ["report.html", "report.json", "checkpoint.note"])
    expect(existsSync(`${folder}/${name}`), name).toBe(true);
  const html = readFileSync(`${folder}/report.html`, "utf8");
  expect(html).toContain(journey.words.reportText);
  expect(html).not.toContain("<script");
  return { folder, signerKey };
}

/** Opens the package in the app while no vault is open, and sees who signed it. */
export async function openSealed(journey: Journey, signerKey: string): Promise<void> {
  const { app, keys, page, words } = journey;
  await keys.push("Open a sealed report");
  await onScreen(journey, "Open a sealed report");
  await answerDialogs(app.electron, { open: [journey.path("EV.sealed")] });
  await keys.push(/^Choose a folder/);
  await expect(page.getByText("EV.sealed")).toBeVisible();
  await answerDialogs(app.electron, { open: [journey.path("key.txt")] });
  await keys.push(/^Choose/, page.locator(".field").filter({ hasText: "Your age identity" }));
  await keys.write(/^Signers you trust/, signerKey);
  await journey.picture("open-report");
  await keys.push("Check and open");
  await expect(page.getByText("Whole, and signed by someone you trust")).toBeVisible();
  await journey.picture("opened");
  await keys.reach(page.getByRole("tablist", { name: "What to see of it" }));
  await keys.press("ArrowRight");
  await expect(page.getByRole("tabpanel")).toContainText(words.reportText);
  await journey.picture("opened-report");
}
