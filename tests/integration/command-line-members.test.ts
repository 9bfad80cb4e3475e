import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { compartmentOutlineSchema, memberSchema, recoveryKitSchema } from "../../electron/contract/members.ts";
import { secret, ServiceClient, temporaryFolder } from "./service-client.ts";

/** Members, their keys, compartments and recovery from a terminal: the built command, as `npm run cli` starts it. */

const folder = temporaryFolder();
const vault = folder.path("v.evault");

const words = {
  ana: "ana keeps the first key",
  ben: "ben keeps the second key",
  dora: "dora runs the benchmarks",
  backup: "a backup of ana's own keys",
  next: "ana has a new passphrase",
  fay: "fay came with the shares",
} as const;
type Secret = keyof typeof words;

const passphrase = (whose: Secret): string => folder.path(`passphrase-${whose}`);
const as = (name: string, whose: Secret): string[] => ["--member", name, "--passphrase-file", passphrase(whose)];
const newOne = (whose: Secret): string[] => ["--new-passphrase-file", passphrase(whose)];

function evalvault(...given: string[]): { code: number | null; lines: string[]; error: string } {
  const called = spawnSync(process.execPath, ["build/cli.ts", ...given, "--profile", folder.path("profile")], {
    encoding: "utf8",
  });
  const lines = called.stdout.split("\n").filter((line) => line !== "");
  for (const secret of Object.values(words)) expect(`${called.stdout}${called.stderr}`).not.toContain(secret);
  return { code: called.status, lines, error: called.stderr };
}

/** What a call prints with `--json`, one value a line. */
function asked<T extends z.ZodType>(schema: T, ...given: string[]): z.infer<T>[] {
  const { code, lines, error } = evalvault(...given, "--json");
  expect(error).toBe("");
  expect(code).toBe(0);
  return lines.map((line) => schema.parse(JSON.parse(line)));
}

const done = { code: 0, error: "" };

beforeAll(() => {
  for (const [whose, text] of Object.entries(words)) writeFileSync(folder.path(`passphrase-${whose}`), `${text}\n`);
  const made = evalvault("create", vault, "--label", "outer", ...as("Ana", "ana"));
  expect(made).toMatchObject(done);
});

afterAll(() => {
  folder.remove();
});

describe("evalvault help", () => {
  it("names every command, and says more of each", () => {
    const { lines } = evalvault("help");
    const usages = lines.filter((line) => line.startsWith("  evalvault "));
    const names = [
      "member add",
      "member remove",
      "member list",
      "passphrase",
      "backup",
      "recovery make",
      "recovery use",
    ];
    for (const name of [...names, "compartment add", "compartment grant", "compartment revoke", "compartment list"]) {
      expect(usages.some((line) => line.startsWith(`  evalvault ${name} `))).toBe(true);
    }
    for (const name of ["member remove", "passphrase"]) {
      const more = evalvault(...name.split(" "), "--help");
      expect(more).toMatchObject(done);
      expect(more.lines[0]).toContain(`evalvault ${name} VAULT`);
      expect(more.lines.length).toBeGreaterThan(2);
    }
  });

  it("says what a noun takes, and what is missing", () => {
    expect(evalvault("member", vault)).toMatchObject({
      code: 2,
      error: "evalvault: member takes one of list, add, remove. See evalvault help.\n",
    });
    expect(evalvault("member", "remove", vault, "Ben").error).toContain("--reason is missing");
    expect(evalvault("member", "add", vault, "Ben", "--role", "king").error).toContain("--role takes one of");
    expect(evalvault("backup", vault).error).toContain("--out is missing");
    const unasked = evalvault("backup", vault, "--out", folder.path("b"), ...as("Ana", "ana"));
    expect(unasked.error).toContain("give --new-passphrase-fd N or --new-passphrase-file F");
    expect(unasked.code).toBe(2);
  });
});

describe("members", () => {
  it("adds them with passphrases of their own", () => {
    const ben = evalvault("member", "add", vault, "Ben", "--role", "lead", ...newOne("ben"), ...as("Ana", "ana"));
    expect(ben).toMatchObject({ ...done, lines: ["Ben joined as lead; the lock screen shows Lead B."] });
    const dora = ["member", "add", vault, "Dora", "--role", "evaluator", ...newOne("dora")];
    expect(evalvault(...dora, ...as("Dora", "dora")).code).toBe(1);
    expect(evalvault(...dora, ...as("Ben", "ben"))).toMatchObject(done);
    const members = asked(memberSchema, "member", "list", vault, ...as("Dora", "dora"));
    expect(members.map(({ name, role, label }) => [name, role, label])).toEqual([
      ["Ana", "lead", "Lead A"],
      ["Ben", "lead", "Lead B"],
      ["Dora", "evaluator", "Evaluator A"],
    ]);
    expect(evalvault("member", "list", vault, ...as("Dora", "dora")).lines[0]).toMatch(/^Name +Role +Label/);
  });

  it("refuses who has no right to add, in one line", () => {
    const refused = evalvault("member", "add", vault, "Eve", "--role", "lead", ...newOne("fay"), ...as("Dora", "dora"));
    expect(refused).toMatchObject({ code: 1, lines: [] });
    expect(refused.error).toMatch(/^evalvault: Your role does not allow this.*\n$/);
  });

  it("says when nobody has the name, or several", () => {
    const gone = ["member", "remove", vault, "Zoe", "--reason", "left", ...as("Ana", "ana")];
    expect(evalvault(...gone).error).toContain("Not found: the member Zoe");
  });
});

describe("compartments", () => {
  const ana = as("Ana", "ana");

  it("makes one, shares it and takes it back", () => {
    const made = asked(
      compartmentOutlineSchema,
      ...["compartment", "add", vault, "Night watch", "--label", "C-3", "--holder", "Ana", ...ana],
    );
    expect(made).toMatchObject([{ id: 3, name: "Night watch", label: "C-3", epoch: 1 }]);
    const granted = evalvault("compartment", "grant", vault, "night watch", "Dora", ...ana);
    expect(granted).toMatchObject(done);
    expect(granted.lines[0]).toContain("read by Ana, Dora");
    const seenByDora = asked(compartmentOutlineSchema, "compartment", "list", vault, ...as("Dora", "dora"));
    expect(seenByDora.find(({ id }) => id === 3)?.readable).toBe(true);
    const revoke = ["compartment", "revoke", vault, "3", "Dora", "--reason", "other work"];
    expect(asked(compartmentOutlineSchema, ...revoke, ...ana)).toMatchObject([{ epoch: 2 }]);
    expect(asked(compartmentOutlineSchema, "compartment", "list", vault, ...as("Dora", "dora"))[2]?.readable).toBe(
      false,
    );
    const rotate = ["compartment", "rotate", vault, "C-3", "--reason", "an old key may have leaked"];
    expect(asked(compartmentOutlineSchema, ...rotate, ...ana)).toMatchObject([{ epoch: 3 }]);
  });

  it("says which is missing", () => {
    expect(evalvault("compartment", "grant", vault, "No such", "Dora", ...ana).error).toContain(
      "the compartment No such",
    );
    expect(evalvault("compartment", "add", vault, "X", "--holder", "Ana", ...ana).error).toContain(
      "--label is missing",
    );
  });
});

describe("one's own key", () => {
  it("is saved under a passphrase of its own, and opens the vault when the other one is forgotten", () => {
    const out = folder.path("ana.keys");
    expect(evalvault("backup", vault, "--out", out, ...newOne("backup"), ...as("Ana", "ana"))).toMatchObject(done);
    const opened = ["--backup", out, "--passphrase-file", passphrase("backup")];
    expect(asked(memberSchema, "member", "list", vault, ...opened)).toHaveLength(3);
    expect(evalvault("member", "list", vault, "--backup", out, "--passphrase-file", passphrase("ana")).code).toBe(1);
    expect(evalvault("passphrase", vault, ...opened, ...newOne("next"))).toMatchObject(done);
    expect(evalvault("member", "list", vault, ...as("Ana", "ana")).code).toBe(1);
    expect(evalvault("member", "list", vault, ...as("Ana", "next"))).toMatchObject(done);
  });

  it("changes passphrase, key file and cost, and never silently drops the key file", () => {
    const key = folder.path("ana.key");
    const withKey = ["--key-file", key];
    const made = evalvault("passphrase", vault, "--make-key-file", key, ...newOne("ana"), ...as("Ana", "next"));
    expect(made).toMatchObject(done);
    expect(readFileSync(key)).toHaveLength(64);
    expect(evalvault("member", "list", vault, ...as("Ana", "ana")).code).toBe(1);
    expect(evalvault("passphrase", vault, ...newOne("next"), ...as("Ana", "ana"), ...withKey)).toMatchObject(done);
    expect(evalvault("member", "list", vault, ...as("Ana", "next")).code).toBe(1);
    const dearer = ["passphrase", vault, "--passes", "4", "--no-key-file", ...newOne("ana")];
    expect(evalvault(...dearer, ...as("Ana", "next"), ...withKey)).toMatchObject(done);
    const [ana] = asked(memberSchema, "member", "list", vault, ...as("Ana", "ana"));
    expect(ana?.slot).toMatchObject({ keyFile: false, passes: 4 });
    const cheaper = evalvault("passphrase", vault, "--passes", "3", ...newOne("ana"), ...as("Ana", "ana"));
    expect(cheaper).toMatchObject({ code: 1, lines: [] });
    const both = ["--make-key-file", folder.path("x"), "--no-key-file"];
    expect(evalvault("passphrase", vault, ...both, ...newOne("ana"), ...as("Ana", "ana")).code).toBe(2);
    expect(existsSync(folder.path("x"))).toBe(false);
  });
});

const checkedSchema = z.object({
  missing: z.number().nullable(),
  shares: z.array(z.object({ problem: z.string().nullable() })),
});

describe("recovery", () => {
  const shares = folder.path("shares");
  const share = (number: number): string => folder.path("shares", `share-${String(number)}-of-3.txt`);
  const holders = ["A", "B", "C"].flatMap((letter) => ["--holder", `Custodian ${letter}`]);

  it("makes a file and a page for each holder", () => {
    const make = ["recovery", "make", vault, "--threshold", "2", ...holders, ...as("Ana", "ana")];
    expect(evalvault(...make, "--out", shares)).toMatchObject(done);
    expect(readdirSync(shares).filter((name) => name.endsWith(".txt"))).toHaveLength(3);
    expect(readdirSync(shares).filter((name) => name.endsWith(".html"))).toHaveLength(3);
  });

  it("leaves things as they are where the folder is there already", () => {
    const before = readFileSync(share(1));
    const make = ["recovery", "make", vault, "--threshold", "3", ...holders, "--out", shares, ...as("Ana", "ana")];
    expect(evalvault(...make)).toMatchObject({ code: 1, lines: [] });
    expect(readFileSync(share(1))).toEqual(before);
    const kits = asked(recoveryKitSchema, "recovery", "list", vault, ...as("Ana", "ana"));
    expect(kits).toMatchObject([
      { threshold: 2, holders: ["Custodian A", "Custodian B", "Custodian C"], current: true },
    ]);
  });

  it("checks shares without a vault, and names the damaged line", () => {
    expect(asked(checkedSchema, "recovery", "check", share(1))).toMatchObject([{ missing: 1 }]);
    expect(evalvault("recovery", "check", share(1), share(3)).lines).toContain("They are enough.");
    const damaged = readFileSync(share(2), "utf8").replace(/( {2}4 {2})./, "$1U");
    writeFileSync(folder.path("damaged.txt"), damaged);
    const found = evalvault("recovery", "check", folder.path("damaged.txt"));
    expect(found.code).toBe(3);
    expect(found.lines[0]).toMatch(/share 2, Custodian B: .*4/);
  });

  it("lets nobody in with too few", () => {
    const use = ["recovery", "use", vault, "--member", "Fay", "--reason", "nobody is left", ...newOne("fay")];
    const few = evalvault(...use, "--share", share(1));
    expect(few).toMatchObject({ code: 1, lines: [] });
    expect(few.error).toMatch(/too few recovery shares/);
    expect(evalvault(...use, "--share", share(1), "--share", share(1)).error).toMatch(/do not belong together/);
    expect(evalvault(...use).code).toBe(2);
    expect(asked(memberSchema, "member", "list", vault, ...as("Ana", "ana")).some(({ name }) => name === "Fay")).toBe(
      false,
    );
  });

  it("lets in a new lead with enough", () => {
    const use = ["recovery", "use", vault, "--member", "Fay", "--reason", "nobody is left", ...newOne("fay")];
    const used = evalvault(...use, "--share", share(3), "--share", share(2));
    expect(used).toMatchObject(done);
    expect(used.lines[0]).toContain("Fay is a lead of this vault now; the lock screen shows Lead C.");
    const members = asked(memberSchema, "member", "list", vault, ...as("Fay", "fay"));
    expect(members.find(({ name }) => name === "Fay")).toMatchObject({ role: "lead", current: true });
  });

  it("new shares put the old ones out of use", () => {
    const again = folder.path("again");
    const make = ["recovery", "make", vault, "--threshold", "2", ...holders, "--out", again, ...as("Fay", "fay")];
    const made = evalvault(...make);
    expect(made).toMatchObject(done);
    expect(made.lines.join("\n")).toContain("open nothing any more");
    const use = ["recovery", "use", vault, "--member", "Gil", "--reason", "old shares", ...newOne("fay")];
    expect(evalvault(...use, "--share", share(1), "--share", share(2)).code).toBe(1);
  });
});

describe("removing", () => {
  it("takes one person for an evaluator, and leaves them nothing to open", () => {
    const removed = evalvault("member", "remove", vault, "Dora", "--reason", "left", ...as("Ana", "ana"));
    expect(removed).toMatchObject(done);
    expect(evalvault("member", "list", vault, ...as("Dora", "dora")).code).toBe(1);
    const members = asked(memberSchema, "member", "list", vault, ...as("Ana", "ana"));
    expect(members.find(({ name }) => name === "Dora")).toMatchObject({ current: false, slot: null });
  });

  it("takes a second person for a lead where the vault asks for two", async () => {
    const service = new ServiceClient(folder.path("profile"));
    await service.ask("vault.unlock", { file: service.file(vault), member: "Ana", passphrase: secret(words.ana) });
    await service.ask("vault.setPersons", { persons: 2, reason: "two leads" });
    await service.close();
    const remove = ["member", "remove", vault, "Fay", "--reason", "only for the day", ...as("Ana", "ana")];
    const alone = evalvault(...remove);
    expect(alone).toMatchObject({ code: 1, lines: [] });
    expect(alone.error).toMatch(/second person/);
    const wrong = evalvault(...remove, "--second", "Ben", "--second-passphrase-file", passphrase("ana"));
    expect(wrong).toMatchObject({ code: 1, lines: [] });
    const present = evalvault(...remove, "--second", "Ben", "--second-passphrase-file", passphrase("ben"));
    expect(present).toMatchObject(done);
    expect(evalvault("member", "list", vault, ...as("Fay", "fay")).code).toBe(1);
  });

  it("proposes it, where the second person comes later", () => {
    const remove = ["member", "remove", vault, "Ben", "--reason", "moved", "--later", ...as("Ana", "ana")];
    const proposed = evalvault(...remove);
    expect(proposed).toMatchObject(done);
    expect(proposed.lines[0]).toContain("is proposed");
    expect(evalvault("member", "list", vault, ...as("Ben", "ben"))).toMatchObject(done);
    expect(evalvault(...remove, "--second", "Ben").code).toBe(2);
  });
});

/** Answers each prompt of a command on a terminal of its own; prints what stood on that terminal. */
const terminal = `
import os, pty, select, sys
answers = open(sys.argv[1]).read().split("\\n")
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
screen, seen = b"", 0
while True:
    ready, _, _ = select.select([terminal], [], [], 60)
    if not ready:
        break
    try:
        data = os.read(terminal, 4096)
    except OSError:
        break
    if not data:
        break
    screen += data
    if screen[seen:].endswith(b": ") and answers:
        seen = len(screen)
        os.write(terminal, answers.pop(0).encode() + b"\\r")
sys.stdout.write(screen.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe.skipIf(!hasPython)("at a terminal (needs python3, for one)", () => {
  function typing(answers: readonly string[], ...given: string[]): { code: number | null; screen: string } {
    writeFileSync(folder.path("answers"), answers.join("\n"));
    const command = [process.execPath, "build/cli.ts", ...given, "--profile", folder.path("profile")];
    const called = spawnSync("python3", ["-c", terminal, folder.path("answers"), ...command], { encoding: "utf8" });
    return { code: called.status, screen: called.stdout };
  }

  it("asks for the new passphrase twice, after the one that unlocks, and shows none", () => {
    const backup = ["backup", vault, "--member", "Ana", "--out", folder.path("typed.keys")];
    const made = typing([words.ana, words.backup, words.backup], ...backup);
    expect(made.screen).toMatch(/Passphrase of Ana: [\s\S]*New passphrase of the key backup: [\s\S]*once more: /);
    expect(made.code).toBe(0);
    for (const secret of [words.ana, words.backup]) expect(made.screen).not.toContain(secret);
    expect(existsSync(folder.path("typed.keys"))).toBe(true);
    const differing = [...backup.slice(0, -1), folder.path("differing.keys")];
    const refused = typing([words.ana, words.backup, words.next], ...differing);
    expect(refused.code).toBe(2);
    expect(refused.screen).toContain("the two passphrases that were typed differ");
    expect(existsSync(folder.path("differing.keys"))).toBe(false);
  });

  it("takes shares from paper line by line, and asks again for a mistyped line", () => {
    const text = readFileSync(folder.path("again", "share-1-of-3.txt"), "utf8");
    const lines = [...text.matchAll(/^ {2}\d {2}(.*)$/gm)].map((match) => match[1] ?? "");
    expect(lines).toHaveLength(7);
    const [first = "", second = "", ...rest] = lines;
    const typo = `${second.slice(0, 3)}U${second.slice(4)}`;
    const typed = typing([first, typo, second.toLowerCase(), ...rest], "recovery", "check", "--type-shares", "1");
    expect(typed.screen).toContain("Line 2 is not as it was printed");
    expect(typed.screen).toContain("typed share 1: share 1: whole");
    expect(typed.screen).toContain("1 more of 2 are needed");
    expect(typed.code).toBe(0);
    for (const line of lines) expect(typed.screen).not.toContain(line);
  });
});
