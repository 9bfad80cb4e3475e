import { z } from "zod";
import { countSchema, daySchema, fileHandleSchema, idSchema, lineSchema, nameSchema, timeSchema } from "./values.ts";

/** Deadlines, and the timeline that shows them beside windows and sessions. */

/** "unknown": no day can be worked out, because what it counts from has not happened or is not known. */
export const deadlineStates = ["overdue", "due-soon", "open", "unknown", "met-late", "met", "dropped"] as const;
export type DeadlineState = (typeof deadlineStates)[number];

const deadlineFields = {
  title: nameSchema,
  /** Which text it comes from: "EO 14409 §2(d)". */
  basis: lineSchema,
  /** What it counts from, and the day of that where it is known. */
  trigger: lineSchema,
  triggerOn: daySchema.nullable(),
  /** So many days after that; null where nobody states a number. */
  days: z.int().min(0).max(36_500).nullable(),
  owner: lineSchema,
};

export const newDeadlineSchema = z.strictObject(deadlineFields);
export type NewDeadline = z.infer<typeof newDeadlineSchema>;

export const deadlineSchema = newDeadlineSchema.extend({
  id: idSchema,
  dueOn: daySchema.nullable(),
  state: z.enum(deadlineStates),
  /** Days until it is due, negative when it is over; null where that is not known or no matter any more. */
  daysLeft: z.int().nullable(),
  metOn: daySchema.nullable(),
  evidence: z.string(),
  dropped: z.strictObject({ reason: z.string(), by: z.string(), at: timeSchema }).nullable(),
  history: z.array(z.strictObject({ at: timeSchema, by: z.string(), words: z.string() })),
});
export type Deadline = z.infer<typeof deadlineSchema>;

export const timelineKinds = [
  "window",
  "session",
  "deadline",
  "partner-release",
  "public-release",
  "consultation",
  "campaign",
] as const;

/** Something on the timeline: a stretch, or a point where it has no end. Times in ms since 1970. */
export const timelineItemSchema = z.strictObject({
  /** Unique on the timeline. */
  key: z.string(),
  kind: z.enum(timelineKinds),
  title: z.string(),
  /** Whose it is: a submission's codename, a determination's code. */
  of: z.string(),
  startsAt: timeSchema,
  endsAt: timeSchema.nullable(),
  /** The whole day is meant, in UTC. */
  isDay: z.boolean(),
  state: z.enum(["ahead", "running", "over", "overdue", "done"]),
  /** One sentence of what stands behind it. */
  words: z.string(),
  /** Where it can be opened. */
  opens: z.strictObject({ screen: z.enum(["submission", "determination", "deadlines", "campaign"]), id: z.string() }),
});
export type TimelineItem = z.infer<typeof timelineItemSchema>;

export const deadlineRequests = {
  "deadlines.list": { input: z.strictObject({}), output: z.array(deadlineSchema) },
  "deadlines.add": {
    input: z.strictObject({ deadlines: z.array(newDeadlineSchema).min(1).max(200) }),
    output: z.array(deadlineSchema),
  },
  "deadlines.change": {
    input: z.strictObject({ deadlineId: idSchema, deadline: newDeadlineSchema, reason: nameSchema }),
    output: deadlineSchema,
  },
  /** Met on a day; null takes that back. */
  "deadlines.meet": {
    input: z.strictObject({ deadlineId: idSchema, on: daySchema.nullable(), evidence: lineSchema }),
    output: deadlineSchema,
  },
  "deadlines.drop": { input: z.strictObject({ deadlineId: idSchema, reason: nameSchema }), output: deadlineSchema },
  /** Windows, sessions, deadlines and dates together, by when they begin. */
  "timeline.get": { input: z.strictObject({}), output: z.array(timelineItemSchema) },
  /** The same as a calendar file: readable by anyone who has it. */
  "timeline.export": {
    input: z.strictObject({ destination: fileHandleSchema }),
    output: z.strictObject({ items: countSchema, bytes: countSchema }),
  },
} as const;
