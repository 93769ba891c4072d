package cli

import (
	"fmt"

	"esconform/reports"
	"esconform/reports/text"
	"esconform/runner/xmltree"
)

// diffEnvelopes compares two XML files.
func diffEnvelopes(s Streams, wanted, came string) error {
	want, err := parseFile(s, wanted)
	if err != nil {
		return err
	}
	got, err := parseFile(s, came)
	if err != nil {
		return err
	}
	differences := xmltree.Diff(want.Root, got.Root, xmltree.Compare{Exact: true, Typed: true})
	for _, d := range differences {
		printDifference(s, came, d)
	}
	if len(differences) > 0 {
		return done(reports.ExitNotConformant)
	}
	return nil
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
