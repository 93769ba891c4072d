package known_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/known"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var template = known.Entry{Owner: "new owner", Reason: "why: because", Link: "https://example.org/17", Expires: "2031-01-31"}

// anew is a report in which cases end as their ids say.
func anew() reports.Report {
	var r reports.Report
	for id, broken := range map[string][]string{"fails/listed": {"REL-06"}, "fails/new-two": {"REL-07", "REL-06"}, "fails/new-one": {"REL-06"},
		"passes/listed": nil, "warns/listed": {"~REL-07"}, "passes/other": nil} {
		result := result(reports.Passed, broken...)
		result.ID, result.Scenario = id, id
		switch {
		case strings.HasPrefix(id, "fails"):
			result.Verdict = reports.Failed
		case strings.HasPrefix(id, "warns"):
			result.Verdict = reports.Warned
		}
		r.Scenarios = append(r.Scenarios, result)
	}
	return reports.Summarise(r)
}

// partial is the suite that a report knows.
func partial(r reports.Report) known.Suite {
	s := suite()
	s.Cases, s.Requirements, s.Partial, s.Today = nil, nil, true, s.Today.AddDate(-100, 0, 0)
	for _, result := range r.Scenarios {
		s.Cases = append(s.Cases, result.ID)
	}
	return s
}

// bring brings a list up to date with a report.
func bring(text []byte, r reports.Report) ([]byte, []known.Change, error) {
	l, err := known.Load("known.yaml", text, partial(r))
	if err != nil {
		return nil, nil, err
	}
	changes := known.Changes(l, r, today)
	edited, err := known.Edit(text, l, changes, template)
	return edited, changes, err
}

func TestAnUpdateChangesNothingButItsEntries(t *testing.T) {
	files, err := filepath.Glob("testdata/*.before.yaml")
	if err != nil || len(files) < 4 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got, _, err := bring(before, anew())
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.Replace(path, ".before.", ".after.", 1)
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
			again, changes, err := bring(got, anew())
			if err != nil || len(changes) > 0 || string(again) != string(got) {
				t.Errorf("updated twice: %v, %v\n%s", changes, err, again)
			}
			windows, _, err := bring([]byte(strings.ReplaceAll(string(before), "\n", "\r\n")), anew())
			if diff := cmp.Diff(strings.ReplaceAll(string(want), "\n", "\r\n"), string(windows)); diff != "" || err != nil {
				t.Errorf("with the line ends of Windows: %v\n%s", err, diff)
			}
		})
	}
}

func TestAListThatAgreesIsNotTouched(t *testing.T) {
	text := []byte("- {id: fails/listed,   requirement: REL-06,owner: a, reason: b, expires: 2030-12-31}   ")
	r := anew()
	r.Scenarios = r.Scenarios[:1]
	got, changes, err := bring(text, r)
	if err != nil || len(changes) != 0 || string(got) != string(text) {
		t.Errorf("%v, %v: %q", changes, err, got)
	}
}

func TestALayoutThatWouldBeHarmedIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"a list on one line":    "[{id: passes/listed, requirement: REL-06, owner: a, reason: b, expires: 2030-12-31}]\n",
		"a list in brackets":    "[\n  {id: passes/listed, requirement: REL-06, owner: a, reason: b, expires: 2030-12-31},\n]\n",
		"an empty list":         "[]\n",
		"a list that is null":   "null\n",
		"a comment in brackets": "[\n# x\n]\n",
	} {
		t.Run(name, func(t *testing.T) {
			if got, _, err := bring([]byte(text), anew()); !errors.Is(err, known.ErrNotEditable) {
				t.Errorf("%v: %q", err, got)
			}
		})
	}
}
