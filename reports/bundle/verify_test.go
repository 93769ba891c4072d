package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/bundle"
	"esconform/reports/jsonl"
)

func TestABundleIsIntactAndSignedWithItsKey(t *testing.T) {
	key := newKey(t)
	data := smallRun(t, key)
	want, err := jsonl.ParseReport(open(t, data)[bundle.ReportEntry], "report.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, given := range map[string]ed25519.PublicKey{"its key": public(key), "no key": nil} {
		got, err := bundle.Verify("run.zip", data, given)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got.Report); diff != "" {
			t.Errorf("%s: report (-want +got):\n%s", name, diff)
		}
		if !got.Key.Equal(public(key)) {
			t.Errorf("%s: another key", name)
		}
	}
	if want.Counts.Failed == 0 || want.Counts.Passed == 0 {
		t.Errorf("the run is no example of both: %+v", want.Counts)
	}
	_, err = bundle.Verify("run.zip", data, public(newKey(t)))
	if err == nil || !strings.HasPrefix(err.Error(), "run.zip: key.pub: the bundle was signed with another key") {
		t.Errorf("with another key: %v", err)
	}
}

func TestTheSameRunMakesTheSameBytes(t *testing.T) {
	key := newKey(t)
	data := smallRun(t, key)
	b := must[bundle.Bundle](t)(bundle.Verify("run.zip", data, nil))
	c := open(t, data)
	again, err := bundle.Make(bundle.Input{Report: c[bundle.ReportEntry], Events: c[bundle.EventsEntry], Evidence: c[bundle.EvidenceEntry],
		Profile: b.Profile, Suite: b.Manifest.Suite, Binary: b.Manifest.Binary, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, again) {
		t.Error("the bytes differ")
	}
}

// statement is what of the statement is looked at.
type statement struct {
	Type    string `json:"_type"`
	Subject []struct {
		Name   string            `json:"name"`
		Digest map[string]string `json:"digest"`
	} `json:"subject"`
	PredicateType string `json:"predicateType"`
	Predicate     struct {
		Result        string   `json:"result"`
		PassedTests   []string `json:"passedTests"`
		WarnedTests   []string `json:"warnedTests"`
		FailedTests   []string `json:"failedTests"`
		Configuration []struct {
			Name string `json:"name"`
		} `json:"configuration"`
	} `json:"predicate"`
}

func TestTheStatementSaysWhatTheRunFound(t *testing.T) {
	key := newKey(t)
	c := open(t, smallRun(t, key))
	var envelope struct {
		PayloadType string `json:"payloadType"`
		Payload     []byte `json:"payload"`
	}
	if err := json.Unmarshal(c[bundle.AttestationEntry], &envelope); err != nil {
		t.Fatal(err)
	}
	var s statement
	if err := json.Unmarshal(envelope.Payload, &s); err != nil {
		t.Fatal(err)
	}
	report := must[reports.Report](t)(jsonl.ParseReport(c[bundle.ReportEntry], "report.json"))
	if s.Type != "https://in-toto.io/Statement/v1" || s.PredicateType != "https://in-toto.io/attestation/test-result/v0.1" ||
		envelope.PayloadType != "application/vnd.in-toto+json" {
		t.Errorf("types %q %q %q", s.Type, s.PredicateType, envelope.PayloadType)
	}
	want := map[string]string{"Sandbox": bundle.Digest(c[bundle.ProfileEntry]), "manifest.json": bundle.Digest(c[bundle.ManifestEntry])}
	got := map[string]string{}
	for _, subject := range s.Subject {
		name := subject.Name
		if strings.HasSuffix(name, " at "+report.Target.URL) || name == report.Target.URL {
			name = "Sandbox"
		}
		got[name] = subject.Digest["sha256"]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
	p := s.Predicate
	if p.Result != "FAILED" || len(p.PassedTests) != report.Counts.Passed || len(p.FailedTests) != report.Counts.Failed || len(p.Configuration) != 3 {
		t.Errorf("predicate %+v for %+v", p, report.Counts)
	}
}

func TestResultsAreMappedHonestly(t *testing.T) {
	for _, tt := range []struct {
		name     string
		verdicts []reports.Verdict
		want     string
		lists    [3]int // passed, warned, failed
	}{
		{"all passed", []reports.Verdict{reports.Passed, reports.Passed}, "PASSED", [3]int{2, 0, 0}},
		{"one warned", []reports.Verdict{reports.Passed, reports.Warned}, "WARNED", [3]int{1, 1, 0}},
		{"one failed", []reports.Verdict{reports.Passed, reports.Failed}, "FAILED", [3]int{1, 0, 1}},
		{"a known failure", []reports.Verdict{reports.Passed, reports.KnownFailure}, "FAILED", [3]int{1, 0, 1}},
		{"an unexpected pass", []reports.Verdict{reports.UnexpectedPass}, "FAILED", [3]int{0, 0, 1}},
		{"an error", []reports.Verdict{reports.Passed, reports.Error}, "FAILED", [3]int{1, 0, 0}},
		{"one did not run", []reports.Verdict{reports.Passed, reports.NotRun}, "FAILED", [3]int{1, 0, 0}},
		{"one skipped", []reports.Verdict{reports.Passed, reports.Skipped}, "PASSED", [3]int{1, 0, 0}},
		{"nothing judged", []reports.Verdict{reports.Skipped}, "FAILED", [3]int{0, 0, 0}},
	} {
		r := reports.Report{Complete: true}
		for i, v := range tt.verdicts {
			r.Scenarios = append(r.Scenarios, reports.Result{ID: string(rune('a' + i)), Verdict: v})
		}
		result, passed, warned, failed := bundle.Predicate(reports.Summarise(r))
		if got := [3]int{passed, warned, failed}; result != tt.want || got != tt.lists {
			t.Errorf("%s: %s %v, want %s %v", tt.name, result, got, tt.want, tt.lists)
		}
	}
}

func TestANewerVersionIsNamed(t *testing.T) {
	key := newKey(t)
	c := open(t, smallRun(t, key))
	c[bundle.ManifestEntry] = bytes.Replace(c[bundle.ManifestEntry], []byte(`"schemaVersion": "1.0"`), []byte(`"schemaVersion": "2.0"`), 1)
	_, err := bundle.Verify("run.zip", must[[]byte](t)(bundle.Pack(c)), nil)
	var version *bundle.VersionError
	if !errors.As(err, &version) || !strings.HasPrefix(err.Error(), `run.zip: manifest.json: schemaVersion "2.0": this program reads "1.0"`) {
		t.Errorf("error %v", err)
	}
}
