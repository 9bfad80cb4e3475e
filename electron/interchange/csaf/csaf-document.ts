import type { AdvisoryEngine, PublishableFinding, Publisher, TlpLabel } from "../advisory.ts";
import { present, withoutEmpty } from "../advisory-values.ts";
import type { CsafVersion } from "./csaf-tests.ts";
import { buildProducts } from "./product-tree.ts";
import { vulnerabilityOf } from "./vulnerability.ts";

/** What is said about who may have it and when, in words: no field of CSAF knows a classification or an embargo. */
function distributionText(finding: PublishableFinding, version: CsafVersion): string | null {
  const marking = present(finding.marking);
  return present(
    [
      ...(marking === null ? [] : [`Marking: ${marking}.`]),
      ...(finding.tlp === "AMBER+STRICT" && version === "2.0" ? ["TLP:AMBER+STRICT."] : []),
      ...(finding.embargoUntil === null ? [] : [`Not to become public before ${finding.embargoUntil}.`]),
      present(finding.distribution) ?? "",
    ].join(" "),
  );
}

/** TLP 2.0 as CSAF 2.0 can say it: CLEAR is its WHITE; AMBER+STRICT has no label there and is never lowered to AMBER. */
function standardLabel(tlp: TlpLabel | null): string | null {
  if (tlp === "CLEAR") return "WHITE";
  return tlp === "AMBER+STRICT" ? null : tlp;
}

function distributionOf(finding: PublishableFinding, version: CsafVersion): unknown {
  const label = version === "2.0" ? standardLabel(finding.tlp) : finding.tlp;
  const tlp = label === null ? null : { label, url: "https://www.first.org/tlp/" };
  const members = withoutEmpty({ text: distributionText(finding, version), tlp });
  return Object.keys(members).length === 0 ? null : members;
}

function trackingOf(finding: PublishableFinding, engine: AdvisoryEngine): unknown {
  const first = finding.revisions[0];
  const last = finding.revisions.at(-1);
  return {
    id: finding.trackingId,
    status: finding.status,
    version: last?.number,
    initial_release_date: first?.date,
    current_release_date: last?.date,
    revision_history: finding.revisions.map(({ number, date, summary }) => ({
      number,
      date,
      summary: present(summary),
    })),
    generator: { date: last?.date, engine: { name: engine.name, version: engine.version } },
  };
}

function publisherOf(publisher: Publisher): unknown {
  return withoutEmpty({
    category: publisher.category,
    name: present(publisher.name),
    namespace: publisher.namespace,
    contact_details: present(publisher.contact),
    issuing_authority: present(publisher.issuingAuthority),
  });
}

const draftNote = {
  category: "general",
  title: "Draft format",
  text: "This file follows a committee draft of CSAF 2.1, which is not a standard yet.",
};

/** The CSAF document of one finding, unchecked. The finding has everything that it needs (csaf-lacks.ts). */
export function csafDocument(
  finding: PublishableFinding,
  publisher: Publisher,
  engine: AdvisoryEngine,
  version: CsafVersion,
): Record<string, unknown> {
  const products = buildProducts(finding.products, version);
  return {
    ...(version === "2.1" ? { $schema: "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json" } : {}),
    document: withoutEmpty({
      category: "csaf_security_advisory",
      csaf_version: version,
      lang: "en",
      title: present(finding.title),
      publisher: publisherOf(publisher),
      distribution: distributionOf(finding, version),
      tracking: trackingOf(finding, engine),
      ...(version === "2.1" ? { notes: [draftNote] } : {}),
    }),
    product_tree: products.tree,
    vulnerabilities: [vulnerabilityOf(finding, publisher, products, version)],
  };
}
