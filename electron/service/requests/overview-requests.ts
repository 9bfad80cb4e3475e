import type { overviewRequests } from "../../contract/overview.ts";
import { overview } from "../../domain/overview.ts";
import type { Handlers } from "../handlers.ts";

export const overviewHandlers: Handlers<keyof typeof overviewRequests> = {
  "overview.get": ({ host }) => overview(host.session, host.session.vault.memberId),
};
