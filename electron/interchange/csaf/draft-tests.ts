import * as section1 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_1.js";
import * as section6 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_6.js";
import * as section7 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_7.js";
import * as section8 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_8.js";
import * as section9 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_9.js";
import * as section10 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_10.js";
import * as section13 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_13.js";
import * as section27x12 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_27_12.js";
import * as section27x14 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_27_14.js";
import * as section27x15 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_27_15.js";
import * as section27x16 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_27_16.js";
import * as section27x17 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_27_17.js";
import * as section27x18 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_27_18.js";
import * as section27x19 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_27_19.js";
import * as section34 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_34.js";
import * as section35 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_35.js";
import * as section36 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_36.js";
import * as section37 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_37.js";
import * as section38 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTests_6_1_38.js";
import * as section39 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_39.js";
import * as section40 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_40.js";
import * as section41 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_41.js";
import * as section43 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_43.js";
import * as section45 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_45.js";
import * as section52 from "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests/mandatoryTest_6_1_52.js";

/**
 * The mandatory tests that CSAF 2.1 (committee draft) changed or added, as far as the library has them. One by one, because
 * 6.1.11 brings fifty editions of the weakness catalogue with it, five megabytes; check-csaf.ts holds names against the
 * one edition that is written.
 */
export const draftTests: readonly unknown[] = [
  section1,
  section6,
  section7,
  section8,
  section9,
  section10,
  section13,
  section27x12,
  section27x14,
  section27x15,
  section27x16,
  section27x17,
  section27x18,
  section27x19,
  section34,
  section35,
  section36,
  section37,
  section38,
  section39,
  section40,
  section41,
  section43,
  section45,
  section52,
];
