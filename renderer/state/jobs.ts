import { create } from "zustand";
import type { Progress } from "../../electron/contract/wire.ts";

/** Long work under way, as the status bar shows it. */
export interface Job {
  readonly id: number;
  readonly words: string;
  readonly progress: Progress | null;
  readonly cancel: () => void;
}

export const useJobs = create<{ readonly jobs: readonly Job[] }>(() => ({ jobs: [] }));

let nextId = 1;

/** Shows work in the status bar; its cancel aborts the controller. @returns the job's id. */
export function startJob(words: string, controller: AbortController): number {
  const id = nextId++;
  const job: Job = {
    id,
    words,
    progress: null,
    cancel: () => {
      controller.abort();
    },
  };
  useJobs.setState(({ jobs }) => ({ jobs: [...jobs, job] }));
  return id;
}

export function updateJob(id: number, progress: Progress): void {
  useJobs.setState(({ jobs }) => ({ jobs: jobs.map((job) => (job.id === id ? { ...job, progress } : job)) }));
}

export function endJob(id: number): void {
  useJobs.setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== id) }));
}
