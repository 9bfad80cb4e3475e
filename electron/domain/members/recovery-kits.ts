import { z } from "zod";
import type { RequestOutput } from "../../contract/index.ts";
import { number, text, type ReadModel } from "../read-model.ts";
import { memberName, memberRole } from "./queries.ts";

type RecoveryKit = RequestOutput<"recovery.list">[number];

/** Recovery kits, the newest first. */
export function listKits(model: ReadModel): RecoveryKit[] {
  return model.all("SELECT * FROM recovery_kit ORDER BY made_at DESC, rowid DESC").map((row) => {
    const memberId = text(row, "member");
    return {
      memberId,
      threshold: number(row, "threshold"),
      holders: z.array(z.string()).parse(JSON.parse(text(row, "holders"))),
      madeAt: number(row, "made_at"),
      madeBy: memberName(model, text(row, "made_by")),
      current: memberRole(model, memberId) === "recovery",
    };
  });
}

/** The kits whose shares open something. */
export function currentKits(model: ReadModel): RecoveryKit[] {
  return listKits(model).filter((kit) => kit.current);
}
