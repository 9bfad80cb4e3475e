import { randomUUID } from "node:crypto";
import { formatCount, formatCounted } from "../../contract/number-text.ts";
import {
  searchLimits,
  type NotSearched,
  type SearchHit,
  type SearchScope,
  type SearchState,
} from "../../contract/searching.ts";
import { flag, option, UsageError, word, type Arguments } from "../arguments.ts";
import type { Client } from "../client.ts";
import type { Command, ExitCode } from "../command.ts";
import { named, runNamed } from "../naming.ts";
import { json, line } from "../output.ts";
import { unlock } from "../unlocking.ts";

const pageOfHits = 500;

function wanted(args: Arguments): string {
  const text = word(args, 1, "TEXT");
  if (text === "") throw new UsageError("TEXT is empty");
  if (text.length > searchLimits.text) {
    throw new UsageError(`TEXT is longer than ${String(searchLimits.text)} characters`);
  }
  if (args.words.length > 2) throw new UsageError("TEXT is one word, or stands in quotes");
  return text;
}

async function scopeOf(client: Client, args: Arguments): Promise<SearchScope> {
  const run = option(args, "run");
  if (run !== undefined) return { kind: "run", id: (await runNamed(client, run)).id };
  const campaign = option(args, "campaign");
  if (campaign === undefined) return { kind: "vault" };
  return { kind: "campaign", id: await named(client, "campaign", campaign) };
}

/** A hit on one line: line ends and tabs around it are spaces, every other control character is shown by whoever prints. */
function hitLine({ runCode, task, epoch, index, kind, before, match, after }: SearchHit): string {
  const around = `${before}${match}${after}`.replace(/\s+/g, " ").trim();
  return `${runCode}  ${task}  epoch ${String(epoch)}  item ${String(index)} (${kind})  ${around}`;
}

function notSearchedLine({ what, name, count, reason }: NotSearched): string {
  return `Not searched: ${name ?? formatCounted(count, what)}: ${reason}`;
}

function printSums({ hits, kept, attemptsWithHits, attempts, notSearched }: SearchState): void {
  const where = hits === 0 ? "" : ` in ${formatCounted(attemptsWithHits, "attempt")}`;
  line(`${formatCounted(hits, "hit")}${where}; ${formatCounted(attempts, "attempt")} searched.`);
  if (kept < hits) line(`The first ${formatCount(kept)} are listed.`);
  for (const one of notSearched) line(notSearchedLine(one));
}

async function search(client: Client, args: Arguments): Promise<ExitCode> {
  const text = wanted(args);
  if (option(args, "run") !== undefined && option(args, "campaign") !== undefined) {
    throw new UsageError("--run and --campaign exclude each other");
  }
  await unlock(client, args);
  const scope = await scopeOf(client, args);
  const searchId = randomUUID();
  const asked = { searchId, scope, text, caseSensitive: flag(args, "case"), wholeWord: false };
  const state = await client.ask("search.transcripts", asked);
  const asJson = flag(args, "json");
  for (let offset = 0; offset < state.kept; offset += pageOfHits) {
    const { hits } = await client.ask("search.hits", { searchId, offset, limit: pageOfHits });
    for (const hit of hits) {
      if (asJson) json(hit);
      else line(hitLine(hit));
    }
  }
  if (asJson) json({ search: state });
  else printSums(state);
  return 0;
}

export const searchingCommands: readonly Command[] = [
  {
    name: "search",
    usage: "VAULT TEXT [--run CODE | --campaign NAME] [--case] [--json]",
    summary: "a text in the transcripts of the vault, a campaign or a run; there are no patterns",
    help: [
      "--case tells upper from lower case. A text that begins with - comes last, after --.",
      '--json prints one hit a line, and at the end {"search": …}: the sums, and what could not be searched.',
      "Nothing of a search is kept. Ctrl-C ends it. Exit code 0 also where nothing was found.",
    ],
    run: search,
  },
];
