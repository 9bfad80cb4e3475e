/** The validator comes without types: what is imported from it is parsed (csaf-tests.ts). */
declare module "@secvisogram/csaf-validator-lib/*";
