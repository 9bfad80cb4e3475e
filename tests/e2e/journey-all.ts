import { checkFlags, dropEvidence, loadFlags, logHundred, turnClock } from "./journey-by-hand.ts";
import { compareRates } from "./journey-comparing.ts";
import { lookAround, readJournal, verifyVault } from "./journey-journal.ts";
import { listAttempts, searchTranscripts } from "./journey-listing.ts";
import { drillDown, importLogs, logAttempts, lookAtLoggedAttempt, startRun } from "./journey-measuring.ts";
import { addBenchmarks, addModel, keepDeadlines, planCampaign } from "./journey-planning.ts";
import { takeSubmission } from "./journey-process.ts";
import { addRecipient, openSealed, openWithStockTools, sealReport, writeReport } from "./journey-reporting.ts";
import type { Journey } from "./journey-steps.ts";
import { createVault, failToUnlock, lock, unlock } from "./journey-vault.ts";

/** One step of the main job, with what it shows. */
export interface Step {
  readonly words: string;
  readonly go: (journey: Journey) => Promise<void>;
}

/** The main job from nothing to a sealed report, opened. Each step builds on the one before. */
export const mainJob: readonly Step[] = [
  { words: "makes a vault with a lead and an evaluator", go: createVault },
  {
    words: "locks, refuses wrong passphrases in the same words, unlocks",
    go: async (journey) => {
      await lock(journey);
      await journey.picture("unlock");
      await failToUnlock(journey);
      await unlock(journey, "Lead A");
    },
  },
  { words: "adds benchmarks from the catalog and from a pack file", go: addBenchmarks },
  { words: "loads flags that can be checked and are not kept", go: loadFlags },
  { words: "adds a model with a version and its safeguard variant", go: addModel },
  { words: "plans a campaign and registers it before the first result", go: planCampaign },
  { words: "keeps deadlines, of a text and of its own", go: keepDeadlines },
  { words: "takes a submission from its question into its window", go: takeSubmission },
  {
    words: "logs attempts in the grid by letters, as the evaluator",
    go: async (journey) => {
      await lock(journey);
      await unlock(journey, "Evaluator B");
      await startRun(journey);
      await logAttempts(journey);
      await lookAtLoggedAttempt(journey);
    },
  },
  { words: "measures how long an attempt takes by one key", go: turnClock },
  { words: "takes a dropped file as an attempt's evidence", go: dropEvidence },
  { words: "logs a hundred attempts in one go without a mouse", go: logHundred },
  { words: "imports logs, each with its verdict", go: importLogs },
  { words: "leads from a run to an attempt and its transcript", go: drillDown },
  { words: "lists attempts, filtered and grouped, in a view that is kept", go: listAttempts },
  { words: "finds what was said in transcripts", go: searchTranscripts },
  { words: "compares rates with their intervals, each a way to its run", go: compareRates },
  {
    words: "checks flags, first thing after unlocking, and leaves none on the screen",
    go: async (journey) => {
      await lock(journey);
      await unlock(journey, "Lead A");
      await checkFlags(journey);
    },
  },
  { words: "adds a recipient whose key was compared", go: addRecipient },
  { words: "writes a report with a figure and a table", go: writeReport },
  { words: "freezes, signs and seals it", go: sealReport },
  { words: "tells in its journal what was done", go: readJournal },
  { words: "shows its members and settings", go: lookAround },
  { words: "verifies as whole", go: verifyVault },
  {
    words: "what was sealed opens with stock age, tar and minisign, and here with no vault open",
    go: async (journey) => {
      const { signerKey } = openWithStockTools(journey);
      await lock(journey);
      await openSealed(journey, signerKey);
    },
  },
];
