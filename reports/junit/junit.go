// Package junit writes a run as JUnit XML for CI systems. No file satisfies all
// published schemas, so the format has dialects, each with its schema: "strict" is what
// both the windyroad schema and Jenkins's junit-10 accept, "surefire" what Maven's
// does, "extended" the superset that testmo documents.
//
//   - One suite per service area, one test case per scenario case, in the order of
//     ids. Surefire allows one suite, so there it holds everything: a file per area
//     would make junit.xml, the name that people give to a CI system, the report of
//     the first area alone.
//   - classname and name together are the id, so they are unique and stable. Name
//     alone is not: consumers that can take cases of one name for repetitions (an
//     option of some, off by default) must be told to look at both.
//   - One verdict element per case, with all findings in its text. <failure> is the
//     endpoint's fault, <error> ours, the network's or the configuration's;
//     <skipped> is skipped, not-run and known-failure, with the reason (ruling 22).
//   - Warnings have no attribute, nor have skipped cases in windyroad: both are suite
//     properties. Warnings are explained in system-out, of the suite in strict and of
//     the case elsewhere.
//   - Text is made harmless first (see text.Visible), so that only characters of
//     XML 1.0 are left and none that a reader cannot see. Files are attached (in
//     extended) only when they are evidence that the program wrote.
//   - A report that is too large for the consumers is written as several files.
package junit
