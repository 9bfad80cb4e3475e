// `npm run faults:long`: the tests of tests/faults with counts for a night: ten times as many kills, every byte flipped.
import { runAttached } from "./command.ts";
import { repositoryFolder } from "./paths.ts";

const times = process.argv[2] ?? "10";
const env = { ...process.env, EVALVAULT_FAULTS_TIMES: times, EVALVAULT_EVERY_BYTE: "1" };
const args = ["run", "--project", "faults", "--test-timeout=14400000", ...process.argv.slice(3)];
process.exitCode = await runAttached("vitest", args, { cwd: repositoryFolder, env });
