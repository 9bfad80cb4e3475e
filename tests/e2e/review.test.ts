import type { Step } from "./journey-all.ts";
import {
  adjudicate,
  freezeRound,
  importOneLog,
  invalidateAndReinstate,
  judgeAsEvaluator,
  judgeAsLead,
  openRound,
  seeCorrection,
} from "./journey-reviewing.ts";
import { addMembers } from "./journey-team.ts";
import { createVault } from "./journey-vault.ts";
import { testJourney } from "./workstation.ts";

/** A round of reviews from its opening to what it made of an attempt. Each step builds on the one before. */
const review: readonly Step[] = [
  { words: "makes a vault with a lead and an evaluator", go: createVault },
  { words: "adds who can adjudicate", go: addMembers },
  { words: "takes in a log", go: importOneLog },
  { words: "opens a blind round for two reviewers and shows who gets how many", go: openRound },
  { words: "is judged by keys alone, blind, and a judgement is taken back", go: judgeAsLead },
  { words: "is judged by the other reviewer, who differs on one", go: judgeAsEvaluator },
  { words: "is adjudicated by a third person who sees no names", go: adjudicate },
  { words: "is frozen, with its agreement", go: freezeRound },
  { words: "shows the correction beside the scorer's value on the attempt", go: seeCorrection },
  { words: "invalidates with a kind of reason, and takes that back", go: invalidateAndReinstate },
];

testJourney("a round of reviews", review);
