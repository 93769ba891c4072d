package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"esconform/reports"
	"esconform/reports/bundle"
	"esconform/reports/jsonl"
	"esconform/reports/text"
	"esconform/runner"
	"esconform/runner/evidence"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/xsd/validate"
)

func newRejudge(s Streams) *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "rejudge BUNDLE|FOLDER",
		Short: "Compute the verdicts of a run again from its evidence",
		Long: `rejudge computes all verdicts and findings of a run again, from what was sent
and received, with the scenarios and rules of this program. They must be the
ones in the report. It takes a certification bundle or the output folder of a
run, and sends nothing.

A case that was skipped or of which nothing was recorded cannot be judged again;
such results are taken over, counted and named by their reason. Whether a list
of known failures was rightly applied is not checked: what is compared then is
what was found before.

The program must have the same scenarios as the one that made the run;
--fixtures adds those that the run added.

Exit codes: 0 all verdicts are the same; 1 some differ, or the bundle is not
intact; 2 usage, other scenarios, or files that cannot be read; 4 nothing could
be judged again.`,
		Example: `  esconform rejudge run.zip
  esconform rejudge out`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runRejudge(c, s, dir, args[0]) },
	}
	c.Flags().StringVar(&dir, "fixtures", "", "add the scenarios and requirements of this `FOLDER`, as the run did")
	return c
}

// record is a run that has ended, as it was written.
type record struct {
	report     reports.Report
	outcomes   map[string]evidence.Outcome // by evidence.Key
	violations int                         // schema violations reported per envelope
	suite      *bundle.Suite               // nil when it is not known file by file
}

func runRejudge(c *cobra.Command, s Streams, dir, path string) error {
	r, err := readRecord(path)
	if err != nil {
		return err
	}
	systems, err := fixtureSystems(dir)
	if err != nil {
		return usageError(err)
	}
	if err := sameSuite(r, systems); err != nil {
		return usageError(fmt.Errorf("%s: %w", path, err))
	}
	library, err := s.load(c.Context(), systems...)
	if err != nil {
		return usageError(err)
	}
	validator, err := validate.New(engineOf(r.report.Engine), r.violations)
	if err != nil {
		return usageError(fmt.Errorf("%s: the run was judged with the XSD engine %s: %w", path, r.report.Engine, err))
	}
	defer validator.Close()
	if validator.Name() != r.report.Engine {
		fmt.Fprintf(s.Out, "the run was judged with the XSD engine %s, and this program has %s\n", text.OneLine(r.report.Engine, maxShown), validator.Name())
	}
	again := rejudge(c.Context(), r, court{library: library, files: scenario.Overlay(systems...), validator: validator})
	return printRejudged(s, path, again)
}

// readRecord reads a bundle or an output folder.
func readRecord(path string) (record, error) {
	info, err := os.Stat(path)
	if err != nil {
		return record{}, usageError(fmt.Errorf("read %s: %w", path, err))
	}
	if info.IsDir() {
		return readFolder(path)
	}
	b, err := readBundle(path, nil)
	if err != nil {
		return record{}, err
	}
	outcomes, err := evidence.Outcomes(bytes.NewReader(b.Evidence), bundle.EvidenceEntry)
	if err != nil {
		return record{}, usageError(err)
	}
	return record{b.Report, outcomes, b.Profile.Limits.MaxViolations, &b.Manifest.Suite}, nil
}

// readFolder reads the output folder of a run; a run that was killed has no report.
// How many violations were reported per envelope it does not say; that is in the
// profile, which hardly anybody changes.
func readFolder(dir string) (record, error) {
	path := filepath.Join(dir, runner.ReportFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		path = filepath.Join(dir, runner.EventsFile)
	}
	report, err := jsonl.ReadReport(path)
	if err != nil {
		return record{}, usageError(oneLine(err))
	}
	outcomes, err := evidence.ReadLog(filepath.Join(dir, evidenceDir))
	if err != nil {
		return record{}, usageError(oneLine(err))
	}
	return record{report, outcomes, profile.DefaultMaxViolations, nil}, nil
}

// engineOf is the engine that a report names, with its version.
func engineOf(name string) validate.Engine {
	if strings.Contains(name, " and ") {
		return validate.Both
	}
	engine, _, _ := strings.Cut(name, " ")
	return validate.Engine(engine)
}

// sameSuite refuses to judge by other scenarios than the run was judged by.
func sameSuite(r record, systems []fs.FS) error {
	own, err := suiteOf(systems)
	if err != nil {
		return err
	}
	theirs := r.report.SuiteVersion
	if fixturesOf(theirs) != fixturesOf(own.Version) {
		return fmt.Errorf("the run was judged by the suite %q, and this program has %q; use the program that made the run, and its --fixtures", theirs, own.Version)
	}
	if r.suite != nil && r.suite.SHA256 != own.SHA256 {
		return fmt.Errorf("the run was judged by the suite with the digest %s, and this program has %s; use the program that made the run, and its --fixtures", r.suite.SHA256, own.SHA256)
	}
	return nil
}

// fixturesOf is the part of a suite's version that names the fixtures; programs of
// different versions may have the same.
func fixturesOf(suite string) string {
	fields := strings.Fields(suite)
	if len(fields) == 0 {
		return ""
	}
	return fields[len(fields)-1]
}

// printRejudged says what differs and how much was judged again.
func printRejudged(s Streams, path string, r rejudged) error {
	for _, d := range r.differences {
		fmt.Fprintf(s.Out, "%s\n", lineStart(d.id))
		for _, line := range d.lines {
			fmt.Fprintf(s.Out, "  %s\n", text.OneLine(line, 2*maxShown))
		}
	}
	for _, line := range r.takenOver() {
		fmt.Fprintf(s.Out, "taken over: %s\n", text.OneLine(line, 2*maxShown))
	}
	name := text.OneLine(filepath.Base(path), maxShown)
	switch n := len(r.differences); {
	case n > 0:
		fmt.Fprintf(s.Out, "%s: %d of %d results differ from what the evidence says\n", name, n, r.total)
		return done(reports.ExitNotConformant)
	case r.judged == 0:
		fmt.Fprintf(s.Out, "%s: none of %d results could be judged again\n", name, r.total)
		return done(reports.ExitNothing)
	}
	fmt.Fprintf(s.Out, "%s: %d of %d results were judged again from the evidence, and agree; %d were taken over\n", name, r.judged, r.total, len(r.taken))
	return nil
}

// lineStart is an id as it can begin a line. Two colons would begin a command to a CI
// system that reads the output, and a report of somebody else holds any id.
func lineStart(id string) string {
	if shown := text.OneLine(id, maxShown); !strings.HasPrefix(shown, "::") {
		return shown
	}
	return "case " + text.OneLine(id, maxShown)
}
