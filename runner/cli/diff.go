package cli

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"
)

// maxShown bounds how much of a value is shown, in characters.
const maxShown = 400

// diffFlags are what diff can be told.
type diffFlags struct {
	json     bool
	verdicts bool
}

func newDiff(s Streams) *cobra.Command {
	var f diffFlags
	c := &cobra.Command{
		Use:   "diff WANTED GOT",
		Short: "Compare two envelopes, or two runs, by meaning",
		Long: `diff compares two XML files, or two runs: what it is given decides.

Two envelopes are compared as the judge does: by expanded names. Prefixes, the
order of attributes, insignificant white space and the place of a namespace
declaration never matter; 1 and true are equal, and so are date-times in
different zones that name the same instant. "-" stands for standard input. Each
difference is printed with its path and the line in GOT: "-" what was wanted,
"+" what came.

A run is the folder of its --out, or the report.json or events.jsonl in it. The
earlier one comes first. diff tells which verdicts changed, which requirements
are newly broken or fixed, which cases only one run has, and, for the cases with
the same verdict, which responses changed: also where no rule speaks about it.
Responses are taken from the evidence beside the report and compared like
envelopes. What was made up for a run (keys, unique values, identifiers of
messages and those that the endpoint generated, addresses) and the times of the
run never matter.

Exit codes: 0 no difference; 1 different; 2 something cannot be read or
compared, and nothing else differs.`,
		Example: `  esconform diff wanted.xml got.xml
  esconform diff out-of-yesterday out
  esconform diff --json yesterday/report.json today/report.json`,
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			a, b := namesRun(args[0]), namesRun(args[1])
			switch {
			case a && b:
				return diffRuns(s, f, args[0], args[1])
			case a:
				return usageError(fmt.Errorf("%s is a run and %s is none: diff compares two envelopes or two runs", args[0], args[1]))
			case b:
				return usageError(fmt.Errorf("%s is a run and %s is none: diff compares two envelopes or two runs", args[1], args[0]))
			case f.json || f.verdicts:
				return usageError(fmt.Errorf("--json and --verdicts go with two runs; %s and %s are envelopes", args[0], args[1]))
			}
			return diffEnvelopes(s, args[0], args[1])
		},
	}
	c.Flags().BoolVar(&f.json, "json", false, "print the comparison of two runs as JSON")
	c.Flags().BoolVar(&f.verdicts, "verdicts", false, "compare only the verdicts of two runs, not the responses")
	return c
}

// namesRun says whether a name stands for a run: a folder, a file that begins like
// JSON, or an empty one that is called like a report (of a run that was killed early).
func namesRun(name string) bool {
	if name == "-" {
		return false
	}
	info, err := os.Stat(name)
	if err != nil || info.IsDir() {
		return err == nil
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	start := make([]byte, 512)
	n, _ := f.Read(start)
	text := bytes.TrimLeft(bytes.TrimPrefix(start[:n], []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(text) == 0 {
		return slices.ContainsFunc([]string{".json", ".jsonl"}, func(suffix string) bool { return bytes.HasSuffix([]byte(name), []byte(suffix)) })
	}
	return text[0] == '{' || text[0] == '['
}
