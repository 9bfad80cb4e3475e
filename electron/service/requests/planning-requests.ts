import type { planningRequests } from "../../contract/planning.ts";
import { addBenchmark } from "../../domain/benchmarks/commands.ts";
import { getBenchmark, listBenchmarks, listTasks, benchmarksOfPack } from "../../domain/benchmarks/queries.ts";
import { assignable } from "../../domain/campaigns/assignments.ts";
import { assignCells, planCampaign, registerPlan } from "../../domain/campaigns/commands.ts";
import { campaignDenominators } from "../../domain/campaigns/denominators.ts";
import { campaignDeviations } from "../../domain/campaigns/deviations.ts";
import { campaignCompartment, campaignName, getCampaign, listCampaigns } from "../../domain/campaigns/queries.ts";
import { addModel, addModelVersion } from "../../domain/models/commands.ts";
import { modelReleaseDaySet } from "../../domain/models/events.ts";
import { listModels, modelOfVersion } from "../../domain/models/queries.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { newId } from "../new-id.ts";
import { catalogPacks, newBenchmark, readPackFile } from "../packs.ts";
import { sha256 } from "../text-hash.ts";

function found<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Refusal("not-found", what);
  return value;
}

function model(host: Host, id: string): ReturnType<typeof listModels>[number] {
  return found(
    listModels(host.session.model).find((one) => one.id === id),
    "the model",
  );
}

function benchmark(host: Host, id: string): NonNullable<ReturnType<typeof getBenchmark>> {
  return found(getBenchmark(host.session.model, id), "the benchmark");
}

/** Whom a cell of the campaign can be given to. */
function assignableTo({ session }: Host, campaignId: string): ReturnType<typeof assignable> {
  const compartment = found(campaignCompartment(session.model, campaignId), "the campaign");
  const holders = session.vault.compartments().find(({ id }) => id === compartment)?.holders ?? [];
  return assignable(session.model, new Set(holders));
}

export const planningHandlers: Handlers<keyof typeof planningRequests> = {
  "models.list": ({ host }) => listModels(host.session.model),

  "models.add": ({ host }, input) => {
    const { modelId, drafts } = addModel(host.session.model, input, newId);
    host.session.commit(drafts);
    host.changed();
    return model(host, modelId);
  },

  "models.addVersion": ({ host }, input) => {
    host.session.commit(addModelVersion(host.session.model, input, newId));
    host.changed();
    return model(host, input.modelId);
  },

  "models.setReleaseDay": ({ host }, input) => {
    host.session.commit([modelReleaseDaySet.draft(input)]);
    host.changed();
    return model(host, modelOfVersion(host.session.model, input.modelVersionId) ?? "");
  },

  "benchmarks.catalog": ({ host }) => {
    const { session } = host;
    return catalogPacks().map((pack) => {
      const known = benchmarksOfPack(session.model, pack.id).find(
        (one) => one.version === pack.version && one.origin !== "log",
      );
      const { licence, source } = newBenchmark(pack, "catalog");
      const { id, title, version, tasks } = pack;
      return { pack: id, title, version, tasks: tasks.length, licence, source, added: known?.id ?? null };
    });
  },

  "benchmarks.addFromCatalog": ({ host }, { packs }) => {
    const { session } = host;
    const added = packs.map((name) => {
      const pack = found(
        catalogPacks().find((one) => one.id === name),
        `the pack ${name}`,
      );
      return addBenchmark(session.model, newBenchmark(pack, "catalog"), newId);
    });
    session.commit(added.flatMap(({ drafts }) => drafts));
    host.changed();
    return added.map(({ benchmarkId }) => benchmark(host, benchmarkId));
  },

  "benchmarks.importPack": ({ host }, { file }) => {
    const pack = readPackFile(host.outsidePath(file));
    const { benchmarkId, drafts } = addBenchmark(host.session.model, newBenchmark(pack, "file"), newId);
    host.session.commit(drafts);
    host.changed();
    return benchmark(host, benchmarkId);
  },

  "benchmarks.list": ({ host }) => listBenchmarks(host.session.model),

  "benchmarks.tasks": ({ host }, { benchmarkId }) => listTasks(host.session.model, benchmarkId),

  "campaigns.list": ({ host }) => listCampaigns(host.session),

  "campaigns.get": ({ host }, { campaignId }) => found(getCampaign(host.session, campaignId), "the campaign"),

  "campaigns.plan": ({ host }, input) => {
    const { compartment, ...plan } = input;
    const { campaignId, drafts } = planCampaign(plan, newId);
    host.session.commit(drafts, { compartment });
    host.changed();
    return found(getCampaign(host.session, campaignId), "the campaign");
  },

  "campaigns.register": ({ host }, { campaignId }) => {
    host.session.commit(registerPlan(host.session.model, campaignId, sha256));
    host.changed();
    return found(getCampaign(host.session, campaignId), "the campaign");
  },

  "campaigns.assign": ({ host }, input) => {
    const able = assignableTo(host, input.campaignId);
    if (input.memberId !== null) {
      found(
        able.find(({ id }) => id === input.memberId),
        "somebody who can run it",
      );
    }
    host.session.commit(assignCells(host.session.model, input));
    host.changed();
    return found(getCampaign(host.session, input.campaignId), "the campaign");
  },

  "campaigns.assignable": ({ host }, { campaignId }) => assignableTo(host, campaignId),

  "campaigns.deviations": ({ host }, { campaignId }) => {
    found(campaignName(host.session.model, campaignId), "the campaign");
    return campaignDeviations(host.session, campaignId, { now: host.now(), sha256 });
  },

  "campaigns.denominators": ({ host }, { campaignId }) =>
    campaignDenominators(host.session, found(getCampaign(host.session, campaignId), "the campaign")),
};
