import { describe, expect, it } from "vitest";
import type { FromService, ToService } from "../../../electron/contract/supervision.ts";
import { RestartPolicy } from "../../../electron/main/restart-policy.ts";
import { ServiceSupervisor, type ServiceListeners } from "../../../electron/main/service-supervisor.ts";

interface FakeChild {
  readonly got: { kind: ToService["kind"]; ports: string[] }[];
  readonly say: (message: FromService | object) => void;
  readonly exit: () => void;
  killed: boolean;
}

function workplace() {
  const children: FakeChild[] = [];
  const timers = new Set<() => void>();
  const said: unknown[] = [];
  const crashes: boolean[] = [];
  const launch = (listeners: ServiceListeners) => {
    const child: FakeChild = { got: [], say: listeners.message, exit: listeners.exit, killed: false };
    children.push(child);
    return {
      send: (message: ToService, ports: string[] = []) => {
        child.got.push({ kind: message.kind, ports });
      },
      kill: () => {
        child.killed = true;
        child.exit();
      },
    };
  };
  const supervisor = new ServiceSupervisor<string>({
    launch,
    start: { profileFolder: "/p", nativeBinding: null, version: "0.0.0" },
    printerPort: () => "printer",
    policy: new RestartPolicy(3, 60_000),
    now: () => 0,
    startTimer: (run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
    lockTimeoutMs: 10_000,
    said: (message) => said.push(message),
    crashed: (restarted) => crashes.push(restarted),
  });
  const child = (at: number): FakeChild => {
    const found = children[at];
    if (found === undefined) throw new Error(`child ${at.toString()} was never started`);
    return found;
  };
  return { supervisor, children, child, timers, said, crashes };
}

const grant = { handle: "file-12345678", path: "/x.evault", mode: "open" } as const;

describe("service supervisor", () => {
  it("tells the service how to start, and keeps everything else until it is ready", () => {
    const { supervisor, child } = workplace();
    supervisor.start();
    supervisor.connect("port");
    supervisor.grant(grant);
    expect(child(0).got.map(({ kind }) => kind)).toEqual(["start"]);
    child(0).say({ kind: "ready" });
    expect(child(0).got).toEqual([
      { kind: "start", ports: ["printer"] },
      { kind: "connect", ports: ["port"] },
      { kind: "grant", ports: [] },
    ]);
  });

  it("passes on what the contract knows and nothing else", () => {
    const { supervisor, child, said } = workplace();
    supervisor.start();
    child(0).say({ kind: "vault", open: true, marking: "SECRET", name: "North" });
    child(0).say({ kind: "vault", open: "yes" });
    child(0).say({ kind: "busy", job: "import", fraction: 2 });
    child(0).say({ kind: "spawn", path: "/bin/sh" });
    expect(said).toEqual([{ kind: "vault", open: true, marking: "SECRET", name: "North" }]);
  });

  it("locks by ending the process, once", async () => {
    const { supervisor, child, children, timers, crashes } = workplace();
    supervisor.start();
    child(0).say({ kind: "ready" });
    const both = Promise.all([supervisor.lock(), supervisor.lock()]);
    supervisor.connect("late port");
    child(0).say({ kind: "lock-done" });
    await both;
    expect(child(0).got.map(({ kind }) => kind)).toEqual(["start", "lock"]);
    expect(child(0).killed).toBe(true);
    expect(timers.size).toBe(0);
    expect(crashes).toEqual([]);
    expect(children).toHaveLength(1);
    supervisor.start();
    expect(children).toHaveLength(2);
  });

  it("kills a service that does not lock in time", async () => {
    const { supervisor, child, timers, crashes } = workplace();
    supervisor.start();
    const locked = supervisor.lock();
    expect(child(0).killed).toBe(false);
    for (const run of timers) run();
    await locked;
    expect(child(0).killed).toBe(true);
    expect(crashes).toEqual([]);
  });

  it("starts a service that ended by itself again, three times", () => {
    const { supervisor, child, children, crashes } = workplace();
    supervisor.start();
    for (let at = 0; at < 4; at += 1) child(at).exit();
    expect(crashes).toEqual([true, true, true, false]);
    expect(children).toHaveLength(4);
    expect(supervisor.failed).toBe(true);
  });

  it("does not listen to a process that it replaced", () => {
    const { supervisor, child, children, said } = workplace();
    supervisor.start();
    child(0).exit();
    child(0).say({ kind: "vault", open: true, marking: null, name: null });
    child(0).exit();
    expect(said).toEqual([]);
    expect(children).toHaveLength(2);
  });
});

describe("restart policy", () => {
  it("counts only what happened within its window", () => {
    const policy = new RestartPolicy(2, 1_000);
    expect([0, 10, 20].map((now) => policy.mayRestart(now))).toEqual([true, true, false]);
    expect(policy.mayRestart(1_010)).toBe(true);
  });
});
