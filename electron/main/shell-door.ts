import type { z } from "zod";
import type { Failure, Result } from "../contract/result.ts";
import { adoptDroppedFiles, shellRequests, type ShellOutput, type ShellParsedInput } from "../contract/shell.ts";
import { requestChannel, shellRequestNames, type ShellRequestName } from "../contract/shell-channels.ts";
import type { Call } from "./caller-check.ts";

/** A failure that the page may see, thrown by a handler. */
export class ShellError extends Error {
  override readonly name = "ShellError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

export type ShellHandlers = {
  readonly [N in ShellRequestName]: (input: ShellParsedInput<N>) => ShellOutput<N> | Promise<ShellOutput<N>>;
} & {
  readonly adoptDroppedFiles: (
    input: z.output<typeof adoptDroppedFiles.input>,
  ) => z.output<typeof adoptDroppedFiles.output> | Promise<z.output<typeof adoptDroppedFiles.output>>;
};

/** The part of ipcMain that is needed. */
export interface InvokeRegistry {
  handle: (channel: string, listener: (event: Call, input: unknown) => Promise<Result<unknown>>) => void;
}

export interface DoorOptions {
  /** Sender check: see caller-check.ts. */
  readonly isOurPage: (call: Call) => boolean;
  /** A message of somebody else was turned away. */
  readonly turnedAway: () => void;
}

/**
 * One request through the door: sender, input, handler, output. Never throws: Electron would hand the page a string.
 */
export async function answer(
  options: DoorOptions,
  schemas: { input: z.ZodType; output: z.ZodType },
  handler: (input: unknown) => unknown,
  call: { event: Call; input: unknown; name: string },
): Promise<Result<unknown>> {
  if (!options.isOurPage(call.event)) {
    options.turnedAway();
    return { ok: false, error: { code: "not-allowed", subject: call.name } };
  }
  const input = schemas.input.safeParse(call.input ?? {});
  if (!input.success) return { ok: false, error: { code: "invalid-request", subject: call.name } };
  try {
    const output = schemas.output.safeParse((await handler(input.data)) ?? {});
    if (!output.success) return { ok: false, error: { code: "internal", subject: call.name } };
    return { ok: true, value: output.data };
  } catch (error) {
    if (error instanceof ShellError) return { ok: false, error: error.failure };
    // What went wrong may name a path; the page is told only where.
    return { ok: false, error: { code: "internal", subject: call.name } };
  }
}

/** Opens the door: one handler for each request of the contract, and no other channel. */
export function openShellDoor(registry: InvokeRegistry, handlers: ShellHandlers, options: DoorOptions): void {
  const table = { ...shellRequests, adoptDroppedFiles };
  for (const name of [...shellRequestNames, "adoptDroppedFiles"] as const) {
    const handler: unknown = handlers[name];
    if (typeof handler !== "function") throw new Error(`no handler for ${name}`);
    registry.handle(requestChannel(name), (event, input) =>
      answer(options, table[name], (parsed) => Reflect.apply(handler, handlers, [parsed]) as unknown, {
        event,
        input,
        name,
      }),
    );
  }
}
