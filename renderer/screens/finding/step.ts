import type { Finding } from "../../../electron/contract/findings.ts";

/** Something that can be done next to a finding, and whether the member who asks may. */
export type Step = Finding["next"][number];
