package jsonl_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/jsonl"
)

// sample is a summarised report with hostile text in it.
func sample() reports.Report {
	at := time.Date(2026, 3, 1, 11, 0, 0, 5e6, time.UTC)
	hostile := "NUL \x00 ESC \x1b <b> \u202e \xff ]]> \"'\\"
	return reports.Summarise(reports.Report{
		SchemaVersion: reports.SchemaVersion, RunID: "run-1", Complete: true, Profile: "sandbox", SuiteVersion: "0.1.0", Engine: "libxml2", Strict: true,
		Target:    reports.Target{URL: "http://127.0.0.1:1", Username: "u", Sites: []string{"main"}, States: map[string]string{"parentPortal": "enabled"}},
		Selection: reports.Selection{Only: []string{"s"}, Labels: "!slow", RerunFailed: true, ReadOnly: true, Seed: 7},
		Library:   reports.Library{Scenarios: 2, Cases: 9, SelectedScenarios: 1, SelectedCases: 2},
		StartedAt: at, FinishedAt: at.Add(time.Minute), Residue: []string{"a course"},
		Requirements: []reports.Requirement{{ID: "REL-07", Area: "relationships", Level: "must", VerifiedBy: []string{"s/b"}}},
		Baseline:     &reports.Comparison{Report: "old.json", Worse: []reports.Change{}, Better: []reports.Change{}, Appeared: []string{"s/b"}, Vanished: []string{}},
		Scenarios: []reports.Result{
			{ID: "s/b", Scenario: "s", Title: hostile, Verdict: reports.Failed, Proves: []string{"REL-07"}, StartedAt: at, DurationMS: 12, Exchanges: 2,
				Findings: []reports.Finding{{Requirement: "REL-07", Weight: reports.Failure, Message: hostile, Diff: []reports.Diff{{Op: "-", Text: hostile}}}}},
			{ID: "s/a", Scenario: "s", Verdict: reports.Skipped, Reason: "needs control"},
		},
	})
}

// record writes the events of a report, results in the order given.
func record(t *testing.T, path string, r reports.Report) {
	t.Helper()
	w, err := jsonl.Create(path, jsonl.HeaderOf(r, r.Scenarios))
	if err != nil {
		t.Fatal(err)
	}
	for i := len(r.Scenarios) - 1; i >= 0; i-- { // not in the order of ids, as in a run
		if err := w.Append(r.Scenarios[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(jsonl.FooterOf(r)); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestReportAndEventsAgreeExactly(t *testing.T) {
	dir := t.TempDir()
	events, report := filepath.Join(dir, "events.jsonl"), filepath.Join(dir, "report.json")
	record(t, events, sample())
	if err := jsonl.WriteReport(report, sample()); err != nil {
		t.Fatal(err)
	}
	fromEvents, err := jsonl.ReadFile(events)
	if err != nil {
		t.Fatal(err)
	}
	var rendered bytes.Buffer
	if err := jsonl.Report(&rendered, fromEvents); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(read(t, report), rendered.String()); diff != "" {
		t.Errorf("- report.json + events.jsonl\n%s", diff)
	}
	fromReport, err := jsonl.ReadReport(report)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fromEvents, fromReport); diff != "" {
		t.Errorf("- events + report\n%s", diff)
	}
	fromEither, err := jsonl.ReadReport(events)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fromEvents, fromEither); diff != "" {
		t.Errorf("ReadReport of events: %s", diff)
	}
	if _, err := jsonl.ParseReport([]byte(read(t, events)[:40]), "e"); err == nil || err.Error() != "e:1: the file has no header line" {
		t.Errorf("the beginning of a header: %v", err)
	}
}

func TestEachLineIsOneEventAndTheFileIsReadable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "events.jsonl")
	record(t, path, sample())
	var kinds []string
	for line := range strings.Lines(read(t, path)) {
		var event struct{ Event string }
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, event.Event)
	}
	if diff := cmp.Diff([]string{"header", "result", "result", "footer"}, kinds); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o644 {
		t.Errorf("mode %o", got)
	}
}

func TestAResultIsOnDiskBeforeTheRunEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "events.jsonl")
	r := sample()
	w, err := jsonl.Create(path, jsonl.HeaderOf(r, r.Scenarios))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(r.Scenarios[0]); err != nil {
		t.Fatal(err)
	}
	want := r
	want.Complete, want.FinishedAt, want.Residue, want.Baseline, want.Scenarios = false, time.Time{}, nil, nil, r.Scenarios[:1]
	missing := reports.Result{ID: "s/b", Scenario: "s", Title: strings.ToValidUTF8(r.Scenarios[1].Title, "\ufffd"), Verdict: reports.NotRun, StartedAt: r.StartedAt,
		Reason: "the run ended before it: it was killed, or its events were cut off"}
	want.Scenarios = append(slices.Clone(want.Scenarios), missing)
	got, err := jsonl.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(reports.Summarise(want), got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if err := w.Abandon(); err != nil {
		t.Fatal(err)
	}
}

func TestATornLastLineIsLeftOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "events.jsonl")
	record(t, path, sample())
	whole := read(t, path)
	header := strings.IndexByte(whole, '\n') + 1
	for cut := header; cut < len(whole); cut++ {
		got, err := jsonl.Read(strings.NewReader(whole[:cut]), "e")
		if err != nil {
			t.Fatalf("cut after %d of %d bytes: %v", cut, len(whole), err)
		}
		there := strings.Count(whole[header:cut], "\n")
		if got.Complete || got.Counts.Total != 2 || got.Counts.NotRun != 2-there {
			t.Fatalf("cut after %d bytes: complete %v, %+v, wanted 2 cases, %d of them not run", cut, got.Complete, got.Counts, 2-there)
		}
	}
}

func TestWhatIsWrongIsSaidWithFileAndLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "events.jsonl")
	record(t, path, sample())
	lines := strings.SplitAfter(strings.TrimSpace(read(t, path)), "\n")
	lines[3] += "\n"
	header, first, second, footer := lines[0], lines[1], lines[2], lines[3]
	for name, test := range map[string]struct{ text, want string }{
		"an empty file":         {"", "e:1: the file has no header line"},
		"a torn header":         {header[:40], "e:1: the file has no header line"},
		"no header":             {first, `e:1: event "result": the header is the first line, and only the first`},
		"two headers":           {header + header, `e:2: event "header": the header is the first line, and only the first`},
		"a duplicate id":        {header + first + second + first, `e:4: result "s/b" is already on line 2`},
		"a case planned twice":  {strings.Replace(header, `{"id":"s/a"`, `{"id":"s/b"`, 1), `e:1: case "s/b" is planned twice`},
		"an edited plan":        {strings.Replace(header, `"planned":2`, `"planned":1`, 1), "e:1: 1 cases are planned, and 2 are listed"},
		"an unknown event":      {header + `{"event":"x"}` + "\n", `e:2: unknown event "x"`},
		"a line after the end":  {header + first + second + footer + first, `e:5: event "result" after the footer`},
		"no JSON in the middle": {header + "x\n" + first, "e:2: not a JSON object: invalid character 'x' looking for beginning of value"},
		"an unknown field":      {header + `{"event":"result","id":"a","colour":"red"}` + "\n", `e:2: decode line: json: unknown field "colour"`},
		"another version":       {strings.Replace(header, `"schemaVersion":"1.0"`, `"schemaVersion":"7"`, 1), `e:1: schemaVersion "7": this program reads "1.0"`},
		"a lost line":           {header + first + footer, "e:3: the run is said to be complete, but 1 of 2 planned cases have a result"},
		"an edited verdict": {header + strings.Replace(first, `"failed"`, `"passed"`, 1) + second + footer,
			`e:4: the footer does not agree with the results: it says "not conformant: a selection of 2 of 9 cases; a read-only run; 1 of 2 cases failed, breaking REL-07" (2 cases), they say` +
				` "conformant: a selection of 2 of 9 cases; a read-only run; the only case passed; 1 case was skipped" (2 cases)`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := jsonl.Read(strings.NewReader(test.text), "e")
			if err == nil {
				t.Fatal("it was accepted")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

func TestTheWriterRefusesDuplicatesAndLateResults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "events.jsonl")
	r := sample()
	w, err := jsonl.Create(path, jsonl.HeaderOf(r, r.Scenarios))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(r.Scenarios[0]); err != nil {
		t.Fatal(err)
	}
	refusals := []error{w.Append(r.Scenarios[0])}
	if err := w.Finish(jsonl.FooterOf(r)); err != nil {
		t.Fatal(err)
	}
	refusals = append(refusals, w.Append(r.Scenarios[1]), w.Finish(jsonl.FooterOf(r)))
	var got []string
	for _, err := range refusals {
		got = append(got, strings.ReplaceAll(fmt.Sprint(err), path, "E"))
	}
	want := []string{"append result s/a to E: the id is already there", "append result s/b to E: the footer is already written", "finish E: the footer is already written"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestManyMayAppendAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "events.jsonl")
	var all []reports.Result
	for i := range 100 {
		id := fmt.Sprintf("s/%03d", i)
		all = append(all, reports.Result{ID: id, Scenario: id, Title: strings.Repeat("x", 10_000), Verdict: reports.Passed})
	}
	want := reports.Summarise(reports.Report{SchemaVersion: reports.SchemaVersion, Complete: true, Scenarios: all})
	w, err := jsonl.Create(path, jsonl.HeaderOf(want, all))
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for _, r := range want.Scenarios {
		group.Go(func() {
			if err := w.Append(r); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if err := w.Finish(jsonl.FooterOf(want)); err != nil {
		t.Fatal(err)
	}
	got, err := jsonl.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestAReportThatWasEditedOrIsOfAnotherVersionIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.json")
	if err := jsonl.WriteReport(path, sample()); err != nil {
		t.Fatal(err)
	}
	valid := read(t, path)
	for name, test := range map[string]struct{ old, new, want string }{
		"verdict of the run": {`"verdict": "not conformant"`, `"verdict": "conformant"`, `4: its verdict and counts do not follow from its results (it says "conformant", they say "not conformant")`},
		"verdict of a case":  {`"verdict": "failed"`, `"verdict": "passed"`, `4: its verdict and counts do not follow from its results (it says "not conformant", they say "conformant")`},
		"an id twice":        {`"id": "s/a"`, `"id": "s/b"`, fmt.Sprintf(`%d: result "s/b" is there twice`, 1+strings.Count(valid[:strings.Index(valid, `"id": "s/b"`)], "\n"))},
		"version":            {`"schemaVersion": "1.0"`, `"schemaVersion": "2.0"`, `2: schemaVersion "2.0": this program reads "1.0"`},
		"an unknown field":   {`"runId"`, `"runIdentifier"`, `3: decode line: json: unknown field "runIdentifier"`},
		"another kind":       {`"complete": true`, `"complete": 1`, "6: decode line: json: cannot unmarshal number into Go struct field Report.complete of type bool"},
		"cut off":            {valid[strings.Index(valid, `"interrupted"`):], "", "7: unexpected end of JSON input"},
		"nothing in it":      {valid, "\n", "1: the file is empty: the run ended before it began"},
		"no JSON":            {`{`, `<`, "1: invalid character '<' looking for beginning of value"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(path, []byte(strings.Replace(valid, test.old, test.new, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := jsonl.ReadReport(path)
			if err == nil {
				t.Fatal("it was accepted")
			}
			if diff := cmp.Diff("read report "+path+":"+test.want, err.Error()); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

func TestAReportIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report.json")
	if err := jsonl.WriteReport(path, sample()); err != nil {
		t.Fatal(err)
	}
	if err := jsonl.WriteReport(filepath.Join(dir, "missing", "report.json"), sample()); err == nil {
		t.Error("a folder that is not there is no error")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || info.Mode().Perm() != 0o644 {
		t.Errorf("%d files, mode %o; wanted only the report, mode 644", len(entries), info.Mode().Perm())
	}
}
