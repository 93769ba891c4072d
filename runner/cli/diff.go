package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"esconform/reports"
	"esconform/reports/text"
	"esconform/runner/xmltree"
)

// maxShown bounds how much of a value is shown, in characters.
const maxShown = 400

func newDiff(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "diff WANTED GOT",
		Short: "Compare two envelopes by meaning",
		Long: `diff compares two XML files as the judge does: by expanded names. Prefixes, the
order of attributes, insignificant white space and the place of a namespace
declaration never matter; 1 and true are equal, and so are date-times in
different zones that name the same instant.

"-" stands for standard input. Each difference is printed with its path and the
line in GOT: "-" what was wanted, "+" what came.

Exit codes: 0 no difference; 1 different; 2 a file cannot be read or parsed.`,
		Example: "  esconform diff wanted.xml got.xml",
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			want, err := parseFile(s, args[0])
			if err != nil {
				return err
			}
			got, err := parseFile(s, args[1])
			if err != nil {
				return err
			}
			differences := xmltree.Diff(want.Root, got.Root, xmltree.Compare{Exact: true, Typed: true})
			for _, d := range differences {
				printDifference(s, args[1], d)
			}
			if len(differences) > 0 {
				return done(reports.ExitNotConformant)
			}
			return nil
		},
	}
}

func parseFile(s Streams, name string) (*xmltree.Document, error) {
	data, err := readFile(s, name)
	if err != nil {
		return nil, err
	}
	doc, err := xmltree.Parse(data, "", xmltree.Limits{})
	if err != nil {
		return nil, usageError(fmt.Errorf("parse %s: %w", name, err))
	}
	return doc, nil
}

func printDifference(s Streams, file string, d xmltree.Difference) {
	fmt.Fprintf(s.Out, "%s:%d: %s\n", text.Visible(file), d.Line, text.Visible(d.Path))
	if !d.WantAbsent {
		fmt.Fprintf(s.Out, "  - %s\n", text.Shorten(d.Want, maxShown))
	}
	if !d.GotAbsent {
		fmt.Fprintf(s.Out, "  + %s\n", text.Shorten(d.Got, maxShown))
	}
}
