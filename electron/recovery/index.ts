export {
  combineShares,
  type CombineProblem,
  type CombineResult,
  type Combined,
  type ShareName,
  type WrongShare,
} from "./combine-shares.ts";
export { makeShares, ShareRequestError, type ShareSetRequest } from "./make-shares.ts";
export { parseShare, type ShareProblem, type ShareReading } from "./parse-share.ts";
export { recoveryInstructions } from "./recovery-instructions.ts";
export { fewestShares, mostHolders, wipe, wipeShares, type Share, type ShareDetails } from "./recovery-share.ts";
export { shareSheet } from "./share-sheet.ts";
export { shareText } from "./share-text.ts";
