import type { Submission, submissionRequests } from "../../contract/submissions.ts";
import type { Draft } from "../../domain/event.ts";
import { Refusal } from "../../domain/refusal.ts";
import {
  submissionAccessGranted,
  submissionAnswered,
  submissionClosedEarly,
  submissionInquired,
  submissionNeedToKnowSet,
  submissionRedated,
  submissionSubmitted,
  submissionTermsSet,
  submissionWithdrawn,
} from "../../domain/submissions/events.ts";
import { getSubmission, listSubmissions } from "../../domain/submissions/queries.ts";
import {
  custodyEnded,
  custodyTaken,
  partnerAccessGiven,
  partnerAdded,
  partnerAnswered,
  sessionEnded,
  sessionStarted,
} from "../../domain/submissions/within-events.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { newId } from "../new-id.ts";

function submission(host: Host, id: string): Submission {
  const found = getSubmission(host.session.model, id, host.now());
  if (found === null) throw new Refusal("not-found", "the submission");
  return found;
}

function write(host: Host, submissionId: string, draft: Draft): Submission {
  submission(host, submissionId);
  host.session.commit([draft]);
  host.changed();
  return submission(host, submissionId);
}

export const submissionHandlers: Handlers<keyof typeof submissionRequests> = {
  "submissions.list": ({ host }) => listSubmissions(host.session.model, host.now()),

  "submissions.get": ({ host }, { submissionId }) => submission(host, submissionId),

  "submissions.inquire": ({ host }, { compartment, ...inquiry }) => {
    const id = newId();
    host.session.commit([submissionInquired.draft({ id, ...inquiry })], { compartment });
    host.changed();
    return submission(host, id);
  },

  "submissions.answer": ({ host }, input) => write(host, input.submissionId, submissionAnswered.draft(input)),
  "submissions.submit": ({ host }, input) => write(host, input.submissionId, submissionSubmitted.draft(input)),
  "submissions.setTerms": ({ host }, input) => write(host, input.submissionId, submissionTermsSet.draft(input)),
  "submissions.setNeedToKnow": ({ host }, input) =>
    write(host, input.submissionId, submissionNeedToKnowSet.draft(input)),
  "submissions.redate": ({ host }, input) => write(host, input.submissionId, submissionRedated.draft(input)),
  "submissions.grantAccess": ({ host }, input) => write(host, input.submissionId, submissionAccessGranted.draft(input)),
  "submissions.closeEarly": ({ host }, input) => write(host, input.submissionId, submissionClosedEarly.draft(input)),
  "submissions.withdraw": ({ host }, input) => write(host, input.submissionId, submissionWithdrawn.draft(input)),

  "submissions.startSession": ({ host }, input) =>
    write(host, input.submissionId, sessionStarted.draft({ ...input, sessionId: newId() })),
  "submissions.endSession": ({ host }, input) => write(host, input.submissionId, sessionEnded.draft(input)),

  "submissions.addPartner": ({ host }, input) =>
    write(host, input.submissionId, partnerAdded.draft({ ...input, partnerId: newId() })),
  "submissions.answerPartner": ({ host }, input) => write(host, input.submissionId, partnerAnswered.draft(input)),
  "submissions.givePartnerAccess": ({ host }, input) =>
    write(host, input.submissionId, partnerAccessGiven.draft(input)),

  "submissions.takeCustody": ({ host }, input) =>
    write(host, input.submissionId, custodyTaken.draft({ ...input, itemId: newId() })),
  "submissions.endCustody": ({ host }, input) => write(host, input.submissionId, custodyEnded.draft(input)),
};
