package bundle_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"esconform/reports/bundle"
)

// Signing everything again with the right key does not make files of different runs
// one run.
func TestMixedRunsAreFoundWhoeverSigns(t *testing.T) {
	key := newKey(t)
	a, b := open(t, smallRun(t, key)), open(t, smallRun(t, key))
	lines := bytes.SplitAfter(a[bundle.EvidenceEntry], []byte("\n"))
	for _, tt := range []struct {
		name    string
		changed bundle.Contents
		want    string
	}{
		{"evidence of another run", bundle.Contents{bundle.EvidenceEntry: b[bundle.EvidenceEntry]}, "this is the evidence of another run"},
		{"report of another run", bundle.Contents{bundle.ReportEntry: b[bundle.ReportEntry]}, "report.json: it is of run "},
		{"events of another run", bundle.Contents{bundle.EventsEntry: b[bundle.EventsEntry]}, "report.json: it is of run "},
		{"report and events of another run", bundle.Contents{bundle.EventsEntry: b[bundle.EventsEntry], bundle.ReportEntry: b[bundle.ReportEntry], bundle.ProfileEntry: b[bundle.ProfileEntry]}, "this is the evidence of another run"},
		{"profile of another run", bundle.Contents{bundle.ProfileEntry: b[bundle.ProfileEntry]}, "profile.json: it is not the profile that report.json names"},
		{"no evidence", bundle.Contents{bundle.EvidenceEntry: nil}, "evidence/exchanges.jsonl: it has no evidence of case "},
		{"an exchange missing", bundle.Contents{bundle.EvidenceEntry: bytes.Join(lines[1:], nil)}, "exchanges, and its result names"},
		{"an exchange twice", bundle.Contents{bundle.EvidenceEntry: bytes.Join(slices.Concat(lines[:1], lines), nil)}, "exchanges, and its result names"},
		{"evidence cut off", bundle.Contents{bundle.EvidenceEntry: a[bundle.EvidenceEntry][:len(a[bundle.EvidenceEntry])-1]}, "the last line is cut off"},
		{"evidence behind the end of a case", bundle.Contents{bundle.EvidenceEntry: bytes.Join(append(slices.Clone(lines), lines[0]), nil)}, "has ended on line "},
		{"evidence of a case that is not in the report", bundle.Contents{bundle.EvidenceEntry: append(bytes.Clone(a[bundle.EvidenceEntry]), `{"case":"x","outcome":{"scenario":"x","site":"","keys":null,"exchanges":null,"startedAt":"2026-01-01T00:00:00Z","durationNs":0}}`+"\n"...)}, `has no result of "x"`},
		{"a line that is neither", bundle.Contents{bundle.EvidenceEntry: append([]byte(`{"case":"x"}`+"\n"), a[bundle.EvidenceEntry]...)}, "evidence/exchanges.jsonl:1: it is neither an exchange nor an outcome, or both"},
		{"a line that is no JSON", bundle.Contents{bundle.EvidenceEntry: append([]byte("x\n"), a[bundle.EvidenceEntry]...)}, "exchanges.jsonl:1: "},
		{"a result twice", bundle.Contents{bundle.EventsEntry: twice(a[bundle.EventsEntry])}, "events.jsonl:3: result "},
		{"events without their end", bundle.Contents{bundle.EventsEntry: withoutLast(a[bundle.EventsEntry])}, "report.json: it does not follow from events.jsonl"},
		{"events cut off", bundle.Contents{bundle.EventsEntry: append(bytes.Clone(a[bundle.EventsEntry]), '{')}, "events.jsonl: its last line is cut off"},
		{"a report of a newer version", bundle.Contents{bundle.ReportEntry: bytes.Replace(a[bundle.ReportEntry], []byte(`"schemaVersion": "`), []byte(`"schemaVersion": "9`), 1)}, `schemaVersion "9`},
	} {
		changed := with(a, tt.changed)
		data, err := bundle.Forge(changed, key)
		if err != nil {
			t.Fatal(err)
		}
		_, err = bundle.Verify("run.zip", data, public(key))
		if err == nil || !strings.HasPrefix(err.Error(), "run.zip: ") || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
		if bundle.Fits(changed) == nil {
			t.Errorf("%s: a bundle of it would be made", tt.name)
		}
	}
}

// twice repeats the first result of events.
func twice(events []byte) []byte {
	lines := bytes.SplitAfter(events, []byte("\n"))
	return bytes.Join(slices.Insert(slices.Clone(lines), 1, lines[1]), nil)
}

func withoutLast(events []byte) []byte {
	lines := bytes.SplitAfter(events, []byte("\n"))
	return bytes.Join(lines[:len(lines)-2], nil)
}

func TestChangedEvidenceIsNamedByItsLine(t *testing.T) {
	key := newKey(t)
	c := open(t, smallRun(t, key))
	lines := bytes.SplitAfter(c[bundle.EvidenceEntry], []byte("\n"))
	at := slices.IndexFunc(lines, func(line []byte) bool { return bytes.Contains(line, []byte("Envelope")) })
	lines[at] = bytes.Replace(lines[at], []byte("Envelope"), []byte("envelope"), 1)
	c[bundle.EvidenceEntry] = bytes.Join(lines, nil)
	_, err := bundle.Verify("run.zip", must[[]byte](t)(bundle.Pack(c)), public(key))
	want := fmt.Sprintf("run.zip: evidence/exchanges.jsonl:%d: it is not the file that manifest.json lists: it was changed", at+1)
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
