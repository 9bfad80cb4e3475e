import type { searchingRequests } from "../../contract/searching.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { runSearch } from "../searching/run-search.ts";
import { Searches, type Search } from "../searching/searches.ts";

/** The searches of each host; a lock forgets them all. */
const ofHost = new WeakMap<Host, Searches>();

function searchesOf(host: Host): Searches {
  const known = ofHost.get(host);
  if (known !== undefined) return known;
  const searches = new Searches();
  ofHost.set(host, searches);
  host.listen((name) => {
    if (name === "locked") searches.clear();
  });
  return searches;
}

function searchOf(host: Host, id: string): Search {
  // Without an open vault there is none; with another one the old ones are gone.
  const search = host.openSession === null ? null : searchesOf(host).get(id);
  if (search === null) throw new Refusal("not-found", "the search", "It was dropped, or the vault was locked since.");
  return search;
}

export const searchingHandlers: Handlers<keyof typeof searchingRequests> = {
  "search.transcripts": (context, input) => {
    if (context.host.openSession === null) throw new Refusal("vault-locked", "");
    return runSearch(context, searchesOf(context.host).begin(input.searchId), input);
  },

  "search.hits": ({ host }, { searchId, attempt, offset, limit }) => {
    const search = searchOf(host, searchId);
    const hits = attempt === undefined ? search.hits : search.hitsOf(attempt);
    return { search: search.state, total: hits.length, hits: hits.slice(offset, offset + limit) };
  },

  "search.attempts": ({ host }, { searchId, offset, limit }) => {
    const search = searchOf(host, searchId);
    const { attempts } = search;
    return { search: search.state, total: attempts.length, attempts: attempts.slice(offset, offset + limit) };
  },

  "search.drop": ({ host }, { searchId }) => {
    searchOf(host, searchId);
    searchesOf(host).drop(searchId);
    return {};
  },
};
