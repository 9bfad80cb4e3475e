import { isRequestName, serviceRequests } from "../../../electron/contract/index.ts";
import type { Failure, Result } from "../../../electron/contract/result.ts";
import { clientMessageSchema, type ServiceMessage } from "../../../electron/contract/wire.ts";
import { answers, type Scene, type Working } from "./answers.ts";

const invalid: Failure = { code: "invalid-request" };

async function answer(name: string, input: unknown, working: Working): Promise<Result<unknown>> {
  if (!isRequestName(name)) return { ok: false, error: { ...invalid, subject: name } };
  const parsed = serviceRequests[name].input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      ok: false,
      error: { ...invalid, subject: `${name}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}` },
    };
  }
  // Each answer takes the input of its own request; the table says so, an indexed union cannot.
  const reply = answers[name] as
    ((given: unknown, working: Working) => Result<unknown> | Promise<Result<unknown>>) | undefined;
  if (reply === undefined) return { ok: false, error: { code: "not-found", subject: `${name} has no sample answer` } };
  return reply(parsed.data, working);
}

/** The service's end of a port, answering from samples. It opens the vault on unlock and create, as the real one does. */
export function serveSamples(port: MessagePort, first: Scene): void {
  let scene = first;
  const send = (message: ServiceMessage): void => {
    port.postMessage(message);
  };
  port.addEventListener("message", (event: MessageEvent<unknown>) => {
    const parsed = clientMessageSchema.safeParse(event.data);
    if (!parsed.success || parsed.data.kind === "cancel") return;
    const { id, name, input } = parsed.data;
    const working: Working = {
      scene,
      progress: (progress) => {
        send({ kind: "progress", id, progress });
      },
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    };
    void answer(name, input, working).then((result) => {
      if (result.ok && (name === "vault.unlock" || name === "vault.create")) scene = { ...scene, open: true };
      send({ kind: "response", id, result });
    });
  });
  port.start();
}
