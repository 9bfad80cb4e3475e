import { advisoryPublisherSchema, type AdvisoryPublisher } from "../../contract/advisories.ts";
import { defineEvent } from "../event.ts";
import { text, type ReadModel } from "../read-model.ts";

/** Who answers for the advisories that leave this vault. */

export const publisherTables = ["CREATE TABLE advisory_publisher (one INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT"];

const nobody: AdvisoryPublisher = {
  ...{ name: "", namespace: "", category: "coordinator" },
  ...{ contact: "", issuingAuthority: "", cnaId: null },
};

export const publisherSet = defineEvent({
  type: "finding.publisher-set",
  v: 1,
  body: advisoryPublisherSchema,
  roles: ["lead"],
  home: "shared",
  fold: ({ model }, body) => {
    model.run("INSERT OR REPLACE INTO advisory_publisher VALUES (1, ?)", JSON.stringify(body));
  },
  words: (_, body) => `Publisher of advisories: ${body.name}`,
});

/** The publisher; one without a name where nobody said. */
export function advisoryPublisher(model: ReadModel): AdvisoryPublisher {
  const row = model.get("SELECT body FROM advisory_publisher");
  return row === undefined ? nobody : advisoryPublisherSchema.parse(JSON.parse(text(row, "body")));
}
