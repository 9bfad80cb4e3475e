import { z } from "zod";
import { commandIdSchema } from "./app-commands.ts";
import type { Result } from "./result.ts";
import type { ShellEventName, ShellRequestName } from "./shell-channels.ts";
import { countSchema, fileHandleSchema } from "./values.ts";

/** What the page may ask of the main process, and what main tells the page unasked. The page never sees a path. */

const nothing = z.strictObject({});
const displayName = z.string().min(1).max(1_000);

/** A file or folder that a person chose: an opaque handle to give to the service, and the name to show. */
export const chosenFileSchema = z.strictObject({ handle: fileHandleSchema, name: displayName });
export type ChosenFile = z.infer<typeof chosenFileSchema>;

/** A file type for a dialog; extensions without the dot, "*" for all files. */
export const fileFilterSchema = z.strictObject({
  name: z.string().min(1).max(100),
  extensions: z
    .array(z.string().regex(/^(\*|[A-Za-z0-9][A-Za-z0-9.-]{0,19})$/, "an extension without its dot"))
    .min(1)
    .max(20),
});

/** Why the vault was locked; null when it was not locked since the app started. */
export const lockReasons = [
  "command",
  "idle",
  "suspend",
  "screen-lock",
  "user-switch",
  "window-closed",
  "service-ended",
  "page-ended",
] as const;
export const lockReasonSchema = z.enum(lockReasons);
export type LockReason = z.infer<typeof lockReasonSchema>;

/** What the layers of the air gap refused since the app started, by layer. Every figure should be 0. */
export const refusedSchema = z.strictObject({
  total: countSchema,
  request: countSchema,
  policy: countSchema,
  navigation: countSchema,
  window: countSchema,
  permission: countSchema,
  device: countSchema,
  download: countSchema,
  caller: countSchema,
});
export type Refused = z.infer<typeof refusedSchema>;

/** Minutes without activity after which the vault is locked: 1 to 15. */
export const idleMinutesSchema = z.int().min(1).max(15);
/** How the page looks; "system" follows the operating system. */
export const themeChoices = ["system", "light", "dark", "contrast"] as const;
export const themeChoiceSchema = z.enum(themeChoices);
export const densityChoices = ["regular", "compact"] as const;
export const densitySchema = z.enum(densityChoices);
/** Seconds after which a copied text is taken off the clipboard again. */
export const clipboardSeconds = 10;
/** Seconds before the idle lock at which the page is told. */
export const idleWarningSeconds = 30;

export const shellRequests = {
  appInfo: {
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      packaged: z.boolean(),
      platform: z.enum(["linux", "darwin", "win32", "other"]),
      refused: refusedSchema,
      idleMinutes: idleMinutesSchema,
      theme: themeChoiceSchema,
      density: densitySchema,
      lastLock: lockReasonSchema.nullable(),
      serviceFailed: z.boolean(),
    }),
  },
  /** Asks for a port to the service; it arrives as a window message (`servicePortMessage`). */
  connectService: { input: nothing, output: nothing },
  /** Open dialog. An empty list: the person cancelled. */
  chooseFiles: {
    input: z.strictObject({
      title: z.string().max(200).default(""),
      filters: z.array(fileFilterSchema).max(20).default([]),
      multiple: z.boolean().default(false),
      folder: z.boolean().default(false),
    }),
    output: z.strictObject({ files: z.array(chosenFileSchema).max(10_000) }),
  },
  /** Save dialog. null: the person cancelled. */
  chooseSaveLocation: {
    input: z.strictObject({
      title: z.string().max(200).default(""),
      suggestedName: z
        .string()
        .min(1)
        .max(200)
        .regex(/^[^/\\\u0000-\u001f]+$/, "a file name without a folder"),
      filters: z.array(fileFilterSchema).max(20).default([]),
    }),
    output: z.strictObject({ file: chosenFileSchema.nullable() }),
  },
  /** Shows a file in the system's file manager. Only what a person chose to save to, or what the service made. */
  reveal: { input: z.strictObject({ handle: fileHandleSchema }), output: nothing },
  copyText: {
    input: z.strictObject({ text: z.string().min(1).max(1_000_000) }),
    output: z.strictObject({ clearsInSeconds: z.int().positive() }),
  },
  /** Takes our text off the clipboard now, if it is still there. */
  clearClipboard: { input: nothing, output: z.strictObject({ cleared: z.boolean() }) },
  /** Remembered in the profile, as the minutes of `setAutoLock` are. */
  setAppearance: { input: z.strictObject({ theme: themeChoiceSchema, density: densitySchema }), output: nothing },
  /** What stands in the window title: the marking of what is shown, and the vault's outer-safe name. */
  setTitle: {
    input: z.strictObject({ marking: z.string().max(300).nullable(), name: z.string().max(300).nullable() }),
    output: nothing,
  },
  setAutoLock: { input: z.strictObject({ idleMinutes: idleMinutesSchema }), output: nothing },
  /** The page saw a person do something. To be sent at most once a second or so. */
  activity: { input: nothing, output: nothing },
  lock: { input: nothing, output: nothing },
  quit: { input: nothing, output: nothing },
} as const satisfies Record<ShellRequestName, { input: z.ZodType; output: z.ZodType }>;

/** From the preload only: paths of files that were dropped on the window, exchanged for handles at once. */
export const adoptDroppedFiles = {
  input: z.strictObject({ paths: z.array(z.string().min(1).max(4_096)).min(1).max(10_000) }),
  output: z.strictObject({ files: z.array(chosenFileSchema).max(10_000) }),
} as const;

export const shellEvents = {
  /** The vault was locked; the page is reloaded right after. */
  locked: z.strictObject({ reason: lockReasonSchema }),
  refusedRequests: refusedSchema,
  /** Seconds until the idle lock; null takes the warning back. */
  idleWarning: z.strictObject({ secondsLeft: z.int().nonnegative().nullable() }),
  menuCommand: z.strictObject({ id: commandIdSchema }),
  /** The system asked the app to open this file. */
  openFile: chosenFileSchema,
  /** The service ended more often than it is started again; only quitting is left. */
  serviceFailed: nothing,
} as const satisfies Record<ShellEventName, z.ZodType>;

export type ShellInput<N extends ShellRequestName> = z.input<(typeof shellRequests)[N]["input"]>;
export type ShellParsedInput<N extends ShellRequestName> = z.output<(typeof shellRequests)[N]["input"]>;
export type ShellOutput<N extends ShellRequestName> = z.output<(typeof shellRequests)[N]["output"]>;
export type ShellEventPayload<N extends ShellEventName> = z.output<(typeof shellEvents)[N]>;

/** `window.evalvault`: made by the preload script, the page's only way out. */
export type ShellBridge = {
  readonly [N in ShellRequestName]: (
    ...input: Record<string, never> extends ShellInput<N> ? [input?: ShellInput<N>] : [input: ShellInput<N>]
  ) => Promise<Result<ShellOutput<N>>>;
} & {
  /** Exchanges files that were dropped on the page for handles. */
  readonly droppedFiles: (files: readonly File[]) => Promise<Result<{ files: ChosenFile[] }>>;
  /** Listens to an event of main; returns the function that stops listening. */
  readonly on: <N extends ShellEventName>(name: N, listener: (payload: ShellEventPayload<N>) => void) => () => void;
};
