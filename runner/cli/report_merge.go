package cli

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/reports/merge"
	"esconform/reports/text"
	"esconform/runner"
)

// mergeFlags are what merge can be told.
type mergeFlags struct {
	out     string
	dialect dialectFlag
}

func newReportMerge(s Streams) *cobra.Command {
	var f mergeFlags
	c := &cobra.Command{
		Use:   "merge --out FOLDER REPORT...",
		Short: "Put the reports of shards together",
		Long: `merge puts the reports of the shards of one run together (run --shard I/N) and
writes all reports and the evidence of the whole into --out, as run does. A
REPORT is a report.json, an events.jsonl (also of a shard that was killed), or
the folder that holds them; the evidence is taken from beside it.

Shards of one run have the same suite version, profile, product, sites, states,
features, XSD engine, strictness, challenge and selection. Their addresses may
differ, because each may run against a sandbox of its own, if the product is
named. All else is refused, and so is a shard or a case that is there twice.

Without one of the shards the merged report is not complete and says which is
missing. What a shard was compared with (--baseline) or certified for says
nothing about the whole, and is left out; 'esconform diff' compares the whole
with an earlier run.

Exit codes: those of a run, for the merged report; 2 also for reports that
cannot be read or do not belong together.`,
		Example: `  esconform run --sandbox --shard 1/2 --out shard-1
  esconform run --sandbox --shard 2/2 --out shard-2
  esconform report merge --out whole shard-1 shard-2`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return runMerge(s, f, args) },
	}
	group(c, "What comes out", func(flags *pflag.FlagSet) {
		flags.StringVar(&f.out, "out", "", "write the reports and the evidence to this `FOLDER`")
		f.dialect.register(flags)
	})
	return c
}

func runMerge(s Streams, f mergeFlags, names []string) error {
	if f.out == "" {
		return usageError(errors.New("name the folder to write to with --out"))
	}
	shards, err := readShards(f.out, names)
	if err != nil {
		return usageError(err)
	}
	parts := make([]merge.Part, len(shards))
	for i, shard := range shards {
		parts[i] = merge.Part{Name: shard.file, Report: shard.report}
	}
	merged, err := merge.Merge(parts)
	if err != nil {
		return usageError(err)
	}
	if err := prepareOutput(f.out); err != nil {
		return usageError(err)
	}
	err = errors.Join(mergeEvidence(s, f.out, shards), writeRun(f.out, merged), writeReports(f.out, merged, f.dialect.Dialect))
	printMerged(s, f.out, merged, shards)
	code := reports.ExitCode(merged)
	if err != nil {
		if code == reports.ExitConformant {
			code = reports.ExitInconclusive
		}
		return &exit{code, err}
	}
	return done(code)
}

// readShards reads all reports and tells of all that cannot be read. The folder of
// none may be the one that is written to, which is cleared first.
func readShards(out string, names []string) ([]recorded, error) {
	var shards []recorded
	var defects []error
	for _, name := range names {
		shard, err := readRecorded(name)
		if err == nil && sameFile(shard.folder(), out) {
			err = fmt.Errorf("%s lies in %s, which is written to; choose another --out", shard.file, out)
		}
		shards, defects = append(shards, shard), append(defects, err)
	}
	return shards, errors.Join(defects...)
}

// writeRun writes events.jsonl and report.json, as a run does.
func writeRun(out string, r reports.Report) error {
	events, err := jsonl.Create(filepath.Join(out, runner.EventsFile), jsonl.HeaderOf(r, r.Scenarios))
	if err != nil {
		return err
	}
	for _, result := range r.Scenarios {
		if err := events.Append(result); err != nil {
			return errors.Join(err, events.Abandon())
		}
	}
	return errors.Join(events.Finish(jsonl.FooterOf(r)), jsonl.WriteReport(filepath.Join(out, runner.ReportFile), r))
}

// printMerged sums the merged report up.
func printMerged(s Streams, out string, r reports.Report, shards []recorded) {
	for _, line := range text.Summary(r) {
		fmt.Fprintln(s.Err, line)
	}
	if len(r.Selection.Missing) > 0 {
		fmt.Fprint(s.Err, "\nA shard that holds no case writes no report: then use fewer shards.\n")
	}
	for _, shard := range shards {
		if shard.report.Baseline != nil || shard.report.Certification != nil {
			fmt.Fprintf(s.Err, "\nThe comparison and the certification of single shards were left out.\n")
			break
		}
	}
	fmt.Fprintf(s.Err, "\nreports      %s  %s  %s\n", filepath.Join(out, runner.ReportFile), filepath.Join(out, htmlFile), filepath.Join(out, junitFile))
}
