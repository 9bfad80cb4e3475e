import type { z } from "zod";
import type { MemberRole } from "../../contract/values.ts";
import { defineEvent, type Denial, type Draft, type EventType, type FoldContext } from "../event.ts";
import { keepSubmission, submissionRecord, type SubmissionRecord } from "./record.ts";

/** Who did something, and when by their clock. */
export interface Said {
  readonly at: number;
  readonly by: string;
}

interface Change<B extends { readonly submissionId: string }> {
  readonly type: string;
  readonly body: z.ZodType<B>;
  /** Leads, unless it says otherwise. */
  readonly roles?: readonly MemberRole[];
  /** Whether it may still happen when the developer has withdrawn. */
  readonly evenWithdrawn?: boolean;
  /** Why it cannot happen as things stand, or null. */
  readonly refusal?: (record: SubmissionRecord, body: B, context: FoldContext) => string | Denial | null;
  readonly change: (record: SubmissionRecord, body: B, said: Said) => SubmissionRecord;
  /** For its history and, behind its name, for the journal. */
  readonly words: (body: B, record: SubmissionRecord) => string;
}

/** An event that makes one submission another; what it was stays in its history. */
export function changesSubmission<B extends { readonly submissionId: string }>(
  of: Change<B>,
): EventType & { draft(body: B): Draft } {
  const { type, body, roles = ["lead"], evenWithdrawn = false } = of;
  return defineEvent<B>({
    type,
    v: 1,
    body,
    roles,
    home: (model, { submissionId }) => submissionRecord(model, submissionId)?.compartment ?? null,
    refusal: (context, said) => {
      const record = submissionRecord(context.model, said.submissionId);
      if (record === null) return "there is no such submission";
      if (record.withdrawn !== null && !evenWithdrawn) return "its developer has withdrawn it";
      return of.refusal?.(record, said, context) ?? null;
    },
    fold: ({ model, event }, said) => {
      const record = submissionRecord(model, said.submissionId);
      if (record === null) return;
      const by = { at: event.at, by: event.by };
      const changed = of.change(record, said, by);
      keepSubmission(model, { ...changed, history: [...record.history, { ...by, words: of.words(said, record) }] });
    },
    words: ({ model }, said) => {
      const record = submissionRecord(model, said.submissionId);
      return record === null ? of.type : `${record.codename} (${record.developer}): ${of.words(said, record)}`;
    },
    about: ({ submissionId }) => submissionId,
  });
}
