import type { ReactNode } from "react";
import { ErrorNote, Select, type Option } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { metricsOf, vectorWith, type CvssVersion } from "./vector-draft.ts";

/** Stands for a metric that is not said. */
const unsaid = "-";

interface MetricFieldsProps {
  readonly version: CvssVersion;
  readonly vector: string;
  readonly onChange: (vector: string) => void;
}

/** The base metrics of a vector, each with what its values mean; the other groups are written into the vector itself. */
export function MetricFields({ version, vector, onChange }: MetricFieldsProps): ReactNode {
  const choices = useQuery("findings.cvssMetrics", { version });
  if (choices.status === "failed") return <ErrorNote failure={choices.failure} />;
  if (choices.status === "loading") return null;
  const said = metricsOf(vector);
  return (
    <div className="finding-metric-fields" role="group" aria-label={`Base metrics of CVSS v${version}`}>
      {choices.data
        .filter(({ isBase }) => isBase)
        .map(({ id, name, explanation, values }) => (
          <Select
            key={id}
            label={`${name} (${id})`}
            low
            options={[
              { id: unsaid, label: "Not said" },
              ...values.map((one): Option => ({ id: one.value, label: one.words })),
            ]}
            value={said.get(id) ?? unsaid}
            onChange={(value) => {
              onChange(vectorWith(vector, { version, choices: choices.data }, [id, value === unsaid ? "" : value]));
            }}
            description={values.find(({ value }) => value === said.get(id))?.explanation ?? explanation}
          />
        ))}
    </div>
  );
}
