package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"esconform/reports"
	"esconform/reports/file"
	"esconform/reports/jsonl"
	"esconform/reports/known"
	"esconform/reports/text"
	"esconform/runner/plan"
)

// knownFlags are what `report known-failures` can be told.
type knownFlags struct {
	from                   string
	update                 bool
	owner, reason, expires string
	link                   string
}

func newReportKnown(s Streams) *cobra.Command {
	var f knownFlags
	c := &cobra.Command{
		Use:   "known-failures FILE --from REPORT",
		Short: "Check or update the list of known failures",
		Long: `known-failures compares a list of known failures with the report of a run.
Entries of cases that pass now are to be removed, cases that fail and are not
listed are to be added. What the run did not judge is left alone, and an entry
that describes its failure wrongly is for its owner to change.

Without --update it prints what would change. With --update it changes the
file, and nothing in it but those entries: order, comments and formatting stay.
New entries get the owner, the reason and the day that are given.

The list is YAML (schema: known-failures.schema.json), one entry for each case:

  - id: imses/person/relationships/unknown-child  # selects exactly one case
    requirement: REL-07         # or a list; what is broken, and nothing else
    message: does not exist     # optional: what each failure must contain
    owner: persons              # who sees to it
    reason: The text is repaired in 4.2
    link: https://example.org/tickets/17  # optional
    expires: 2030-01-31         # last day (UTC); afterwards the run is refused

'run --known-failures FILE' then runs these cases as all others. One that fails
as described is a known failure; one that passes makes the run red.

Exit codes: 0 nothing to change, or changed; 1 something would change, or is to
be changed by hand; 2 usage, or a file that cannot be read.`,
		Example: `  esconform report known-failures known.yaml --from out/report.json
  esconform report known-failures --update known.yaml --from out/report.json \
      --owner persons --reason 'Repaired in 4.2' --expires 2030-01-31`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return f.run(s, args[0], time.Now().UTC()) },
	}
	c.Flags().SortFlags = false
	c.Flags().StringVar(&f.from, "from", "", "the `REPORT` of a run: report.json or events.jsonl; must be given")
	c.Flags().BoolVar(&f.update, "update", false, "change the file; it is made if it is not there")
	c.Flags().StringVar(&f.owner, "owner", "", "who answers for what is added (`NAME`)")
	c.Flags().StringVar(&f.reason, "reason", "", "why what is added fails for now (`TEXT`)")
	c.Flags().StringVar(&f.link, "link", "", "page that tells more about what is added (`URL`)")
	c.Flags().StringVar(&f.expires, "expires", "", "last `DAY` on which what is added may fail, YYYY-MM-DD")
	return c
}

// run checks or updates a list.
func (f knownFlags) run(s Streams, name string, now time.Time) error {
	if f.from == "" {
		return usageError(errors.New("--from REPORT is missing: name the report of a run"))
	}
	report, err := jsonl.ReadReport(f.from)
	if err != nil {
		return usageError(fmt.Errorf("--from: %w", err))
	}
	content, err := f.content(name)
	if err != nil {
		return usageError(err)
	}
	list, err := known.Load(name, content, reportSuite(report))
	if err != nil {
		return usageError(fmt.Errorf("the list is wrong:\n%w", err))
	}
	changes := known.Changes(list, report, now)
	for _, c := range changes {
		printChange(s, name, c)
	}
	if f.update {
		if err := f.write(name, content, list, changes, now); err != nil {
			return usageError(err)
		}
	}
	return f.conclude(s, name, changes)
}

// content reads the list. With --update there need be none yet.
func (f knownFlags) content(name string) ([]byte, error) {
	content, err := os.ReadFile(name)
	if f.update && errors.Is(err, os.ErrNotExist) {
		return []byte(knownHead), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the list: %w", err)
	}
	return content, nil
}

// knownHead is what a new list begins with.
const knownHead = `# Cases that may fail for now: esconform run --known-failures FILE
# The entries are explained by: esconform report known-failures --help
`

// reportSuite is what a list is checked against when there is nothing but a report:
// what the report does not know may be right.
func reportSuite(r reports.Report) known.Suite {
	s := known.Suite{Matches: plan.Matches, CheckPattern: plan.CheckPattern, Partial: true}
	for _, result := range r.Scenarios {
		s.Cases = append(s.Cases, result.ID)
	}
	return s
}

// write carries the changes out. Nothing is written when nothing changes.
func (f knownFlags) write(name string, content []byte, l known.List, changes []known.Change, now time.Time) error {
	template, err := f.template(count(changes, known.Add), now)
	if err != nil {
		return err
	}
	changed, err := known.Edit(content, l, changes, template)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if string(changed) == string(content) {
		return nil
	}
	return file.Write(name, func(w io.Writer) error {
		_, err := w.Write(changed)
		return err
	})
}

// template is the entry that new ones are made from. Its flags are needed when
// something is added.
func (f knownFlags) template(added int, now time.Time) (known.Entry, error) {
	e := known.Entry{Owner: strings.TrimSpace(f.owner), Reason: strings.TrimSpace(f.reason), Link: strings.TrimSpace(f.link), Expires: strings.TrimSpace(f.expires)}
	if added == 0 {
		return e, nil
	}
	var missing []string
	for _, flag := range []struct{ name, value string }{{"--owner NAME", e.Owner}, {"--reason TEXT", e.Reason}, {"--expires DAY", e.Expires}} {
		if flag.value == "" {
			missing = append(missing, flag.name)
		}
	}
	if len(missing) > 0 {
		return e, fmt.Errorf("%s to be added: say who answers for that, why, and until when (%s missing)", quantity(added, "case is", "cases are"), strings.Join(missing, ", "))
	}
	return e, e.Check(now)
}

func printChange(s Streams, name string, c known.Change) {
	place := ""
	if c.Line > 0 {
		place = fmt.Sprintf(" (%s:%d)", text.OneLine(name, maxShown), c.Line)
	}
	fmt.Fprintf(s.Out, "%-8s %s%s: %s\n", c.Kind, text.OneLine(c.Case, maxShown), place, text.OneLine(c.Why, maxShown))
}

// conclude sums up what was or would be changed.
func (f knownFlags) conclude(s Streams, name string, changes []known.Change) error {
	removed, added, byHand := count(changes, known.Remove), count(changes, known.Add), count(changes, known.ByHand)
	verb := "would be"
	if f.update {
		verb = "were"
	}
	switch {
	case len(changes) == 0:
		fmt.Fprintf(s.Err, "%s agrees with the report\n", text.Visible(name))
		return nil
	case removed+added > 0:
		fmt.Fprintf(s.Err, "%s: %s %s removed, %d added\n", text.Visible(name), quantity(removed, "entry", "entries"), verb, added)
	}
	if byHand > 0 {
		fmt.Fprintf(s.Err, "%s: %s to be changed by hand\n", text.Visible(name), quantity(byHand, "entry is", "entries are"))
	}
	if f.update && byHand == 0 {
		return nil
	}
	return done(reports.ExitNotConformant)
}

func count(changes []known.Change, kind known.Kind) int {
	n := 0
	for _, c := range changes {
		if c.Kind == kind {
			n++
		}
	}
	return n
}

// quantity gives a number with its noun.
func quantity(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
