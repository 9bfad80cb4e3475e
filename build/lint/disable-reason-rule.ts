import type { Rule } from "eslint";

const directive = /^\s*eslint-disable(?:-next-line|-line)?\b/;

/** An exception from a rule says why: `eslint-disable-next-line RULE -- reason`. */
export const disableReasonRule: Rule.RuleModule = {
  meta: { type: "problem", schema: [], messages: { reason: "Say why this exception is right: … -- reason." } },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const isMissing = directive.test(comment.value) && !/\s--\s+\S/.test(comment.value);
          if (isMissing && comment.loc) context.report({ loc: comment.loc, messageId: "reason" });
        }
      },
    };
  },
};
