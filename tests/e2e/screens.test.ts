import { mainJob } from "./journey-all.ts";
import { testJourney } from "./workstation.ts";

// Every screen and dialog that the main job passes; those of a team and of reviews: team.test.ts, review.test.ts.
testJourney("every screen at 1280 × 800, in light and dark", mainJob);
