import type { Step } from "./journey-all.ts";
import { copyVault, cosign, makeShares, openOlderCopy, recover, useKeyBackup, useKeyFile } from "./journey-keys.ts";
import { addBenchmarks, addModel } from "./journey-planning.ts";
import {
  addCompartment,
  addMembers,
  askForTwoPersons,
  confirmRemoval,
  lowerMarkingTogether,
  planApart,
  proposeRemoval,
  seeSealed,
} from "./journey-team.ts";
import { createVault } from "./journey-vault.ts";
import { testJourney } from "./workstation.ts";

/** A vault that several people share, from its second lead to an older copy that is found out. Each builds on the one before. */
const team: readonly Step[] = [
  { words: "makes a vault with a lead and an evaluator", go: createVault },
  { words: "adds two more leads and a custodian", go: addMembers },
  { words: "asks for two persons from now on", go: askForTwoPersons },
  { words: "lowers the marking with the second lead present, not with a wrong passphrase", go: lowerMarkingTogether },
  { words: "proposes to remove a lead: nothing happens yet", go: proposeRemoval },
  { words: "removes them when the other lead, unlocked as themselves, confirms", go: confirmRemoval },
  { words: "keeps a compartment apart", go: addCompartment },
  {
    words: "plans a campaign in it",
    go: async (journey) => {
      await addBenchmarks(journey);
      await addModel(journey);
      await planApart(journey);
    },
  },
  { words: "shows its entries as sealed to who does not read it", go: seeSealed },
  { words: "makes recovery shares", go: makeShares },
  { words: "keeps a copy of the file", go: copyVault },
  { words: "lets in a new lead with two of three shares", go: recover },
  { words: "opens with a key backup, and takes a new passphrase", go: useKeyBackup },
  { words: "asks for a key file, and refuses without it", go: useKeyFile },
  { words: "cosigns a checkpoint, keeps it elsewhere, compares it", go: cosign },
  { words: "opens the older copy for reading only and names what objects", go: openOlderCopy },
];

testJourney("a team's vault", team);
