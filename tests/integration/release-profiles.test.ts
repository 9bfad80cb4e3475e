import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withheldKinds, type WithheldKind } from "../../electron/contract/release-profile.ts";
import { generateIdentity } from "../../electron/sealing/age-keys.ts";
import { openSealedReport } from "../../electron/sealing/open.ts";
import { readPdf } from "../unit/publishing/pdf-reading.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "./service-client.ts";

/** One report sealed under each profile: every byte of what is decrypted is searched for words that were left out. */

const folder = temporaryFolder();
const client = new ServiceClient(folder.path("profile"));
const identity = await generateIdentity("classic", new Date(0));
const other = await generateIdentity("classic", new Date(0));
let reportId = "";
let agency = "";

/** Words of each kind; the names of people and partners are those that the vault itself keeps. */
const canaries: Readonly<Record<WithheldKind, readonly string[]>> = {
  thresholds: ["canary-rule-in"],
  "task-content": ["canary-marked-task"],
  flags: ["canary_flag_body"],
  people: ["Lena Ortiz"],
  partners: ["Agency Kestrel", "Ministry of Lakes"],
  transcripts: ["canary-tool-output"],
};

const markdown = [
  "Kept before.",
  "The threshold is canary-rule-in.",
  "[[withhold:task-content]]\n\ncanary-marked-task\n\n[[/withhold]]",
  "It printed flag{canary_flag_body}.",
  "Run by Lena Ortiz for Agency Kestrel at the Ministry of Lakes.",
  "```\ncanary-tool-output\n```",
  "Kept after.",
].join("\n\n");

beforeAll(async () => {
  await createVaultFor(client, folder.path("v.evault"));
  const added = { name: "Agency Kestrel", organisation: "Ministry of Lakes", key: identity.recipient.key };
  agency = (await client.ask("recipients.add", added)).id;
  const scope = { kind: "vault" as const };
  const report = await client.ask("reports.draft", { template: "evaluation", scope, title: "Round one" });
  reportId = report.id;
  await client.ask("reports.write", { reportId, sectionId: report.sections[0]?.id ?? "", markdown });
  await client.ask("reports.freeze", { reportId });
  await client.ask("reports.sign", { reportId });
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

/** Everything that a reader of a package gets: names and bytes of all members, streams of the PDF unpacked, the README. */
async function everythingIn(name: string): Promise<string> {
  const path = folder.path(name);
  const opened = await openSealedReport({ path, keys: { identities: [Buffer.from(identity.keyFile)] } });
  const members = [...opened.members].map(([member, bytes]) => {
    const text = member.endsWith(".pdf") ? readPdf(bytes).everything : new TextDecoder().decode(bytes);
    return `${member}\n${text}`;
  });
  const outside = readdirSync(path).map((file) =>
    file.endsWith(".txt") ? readFileSync(`${path}/${file}`, "utf8") : file,
  );
  return [...members, ...outside].join("\n");
}

async function seal(name: string, withheld: readonly WithheldKind[]) {
  const destination = client.destination(folder.path(name));
  const sealing = { reportId, recipientIds: [agency], keys: [], destination, withheld: [...withheld] };
  const { report } = await client.ask("reports.seal", sealing);
  return report.sealed.at(-1);
}

describe("a report sealed under a profile", () => {
  it("holds every word where nothing is left out, in the PDF too", async () => {
    await seal("full.sealed", []);
    const text = await everythingIn("full.sealed");
    for (const kind of withheldKinds)
      for (const word of canaries[kind]) expect(text.split(word).length, word).toBeGreaterThan(2);
  });

  it.each(withheldKinds)("leaves %s out of every byte, and nothing else", async (kind) => {
    const entry = await seal(`${kind}.sealed`, [kind]);
    expect(entry?.withheld).toEqual([kind]);
    const text = await everythingIn(`${kind}.sealed`);
    for (const word of canaries[kind]) expect(text.includes(word), word).toBe(false);
    for (const one of ["Kept before.", "Kept after."]) expect(text).toContain(one);
    // The paragraph that names a person names partners too, and goes whole; the rest of each kind stays.
    for (const kept of withheldKinds.filter((one) => one !== kind && !["people", "partners"].includes(one)))
      for (const word of canaries[kept]) expect(text, `${word} without ${kind}`).toContain(word);
  });

  it("follows the recipient's profile, and refuses one package for two profiles", async () => {
    const set = await client.ask("recipients.setProfile", { recipientId: agency, withheld: ["people", "thresholds"] });
    expect(set.withheld).toEqual(["thresholds", "people"]);
    const added = { name: "Desk", organisation: "", key: other.recipient.key };
    const desk = await client.ask("recipients.add", added);
    expect(desk.withheld).toEqual([]);
    const sealing = { reportId, keys: [], destination: client.destination(folder.path("own.sealed")) };
    const both = { ...sealing, recipientIds: [agency, desk.id] };
    expect(await client.refused("reports.seal", both)).toMatchObject({ code: "conflict" });
    const { report } = await client.ask("reports.seal", { ...sealing, recipientIds: [agency] });
    expect(report.sealed.at(-1)).toMatchObject({ recipients: ["Agency Kestrel"], withheld: ["thresholds", "people"] });
    const text = await everythingIn("own.sealed");
    for (const word of [...canaries.thresholds, ...canaries.people]) expect(text).not.toContain(word);
    expect(JSON.stringify(await client.ask("journal.list", { offset: 0, limit: 5 }))).toContain(
      "sealed to 1 recipient, without thresholds, names of people",
    );
  });
});
