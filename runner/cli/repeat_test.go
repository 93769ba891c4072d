package cli_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/evidence"
)

// flakyEndpoint stands before a sandbox and changes every second answer to readPerson
// that holds a person.
func flakyEndpoint(t *testing.T, change func(*http.Response, []byte) []byte) site {
	t.Helper()
	back := newSite(t)
	target, err := url.Parse(back.url)
	if err != nil {
		t.Fatal(err)
	}
	var reads atomic.Int32
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ModifyResponse = func(r *http.Response) error {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		if bytes.Contains(body, []byte("readPersonResponse")) && bytes.Contains(body, []byte("namePartValue")) && reads.Add(1)%2 == 0 {
			body = change(r, body)
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		r.Header.Del("Content-Length")
		return nil
	}
	front := httptest.NewServer(proxy)
	t.Cleanup(front.Close)
	back.url = front.URL
	return back
}

// anotherName changes the first part of the name of a person.
func anotherName(_ *http.Response, body []byte) []byte {
	before, after, _ := bytes.Cut(body, []byte("namePartValue>"))
	_, rest, _ := bytes.Cut(after, []byte("<"))
	return bytes.Join([][]byte{before, []byte("namePartValue>Nobody<"), rest}, nil)
}

// anotherType sends another media type, which warns.
func anotherType(r *http.Response, body []byte) []byte {
	r.Header.Set("Content-Type", "application/xml; charset=utf-8")
	return body
}

// repeat runs one case several times against an endpoint.
func (s site) repeat(t *testing.T, args ...string) (outcome, reports.Report, string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, append([]string{"run", "--endpoint", s.url, "--username", "u", "--password-file", s.password, "--out", out, "--only", newPerson}, args...)...)
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatalf("%v\n%s", err, got.err)
	}
	return got, report, out
}

func TestAFlakyCaseIsFoundAndIsNeverGreen(t *testing.T) {
	type seen struct {
		Code    int
		Verdict reports.Verdict
		Repeats []reports.Verdict
	}
	for _, tt := range []struct {
		name   string
		change func(*http.Response, []byte) []byte
		args   []string
		want   seen
		says   string
	}{
		{"it fails every second time", anotherName, nil, seen{1, "failed", []reports.Verdict{"passed", "failed", "passed", "failed"}}, "flaky: passed, failed, passed, failed"},
		{"it warns every second time", anotherType, nil, seen{0, "warned", []reports.Verdict{"passed", "warned", "passed", "warned"}}, "flaky: passed, warned, passed, warned"},
		{"it is in one shard of one", anotherName, []string{"--shard", "1/1"}, seen{1, "failed", []reports.Verdict{"passed", "failed", "passed", "failed"}}, "flaky: passed, failed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, report, out := flakyEndpoint(t, tt.change).repeat(t, append(tt.args, "--repeat", "4")...)
			r := report.Scenarios[0]
			if diff := cmp.Diff(tt.want, seen{got.code, r.Verdict, r.Repeats}); diff != "" {
				t.Fatalf("(-want +got)\n%s\n%s", diff, got.err)
			}
			for _, part := range []string{tt.says, "flaky         1 of 1 cases; each case was carried out 4 times", "1 cases (0 skipped), each 4 times, about "} {
				if !strings.Contains(got.err, part) {
					t.Errorf("it does not say %q but:\n%s", part, got.err)
				}
			}
			if !strings.HasPrefix(r.Reason, tt.says) || !strings.Contains(r.Reproduce, "--repeat 4") || report.Selection.Repeat != 4 {
				t.Errorf("reason %q, reproduce %q, selection %+v", r.Reason, r.Reproduce, report.Selection)
			}
			if !strings.HasSuffix(r.Evidence, newPerson+"~2") || content(t, filepath.Join(out, r.Steps[0].Request)) == "" {
				t.Errorf("the evidence of the second repetition is at %s", r.Evidence)
			}
			recorded, err := evidence.ReadLog(filepath.Join(out, "evidence"))
			if all := evidence.Repetitions(recorded, newPerson); err != nil || len(all) != 4 || len(recorded) != 4 {
				t.Errorf("%d repetitions are recorded, %v", len(recorded), err)
			}
			if events, err := jsonl.ReadFile(filepath.Join(out, "events.jsonl")); err != nil || !cmp.Equal(events, report) {
				t.Errorf("events.jsonl: %v", err)
			}
		})
	}
}

func TestAFlakyCaseUnderAListAndABaseline(t *testing.T) {
	_, first, steady := flakyEndpoint(t, anotherName).repeat(t)
	if first.Verdict != reports.Conformant {
		t.Fatalf("the first answer: %s", first.Reason)
	}
	baseline := filepath.Join(steady, "report.json")
	_, found, _ := flakyEndpoint(t, anotherName).repeat(t, "--repeat", "2")
	as := strings.Join(found.Scenarios[0].Failures(), ", ")
	list, other := file(t, "known.yaml", entryOf(newPerson, "["+as+"]")), file(t, "other.yaml", entryOf(newPerson, "REL-05"))
	for _, tt := range []struct {
		name    string
		args    []string
		code    int
		verdict reports.Verdict
		reason  string
	}{
		{"worse than a steady run", []string{"--baseline", baseline}, 1, reports.Failed, "flaky: passed, failed"},
		{"listed as it fails at times", []string{"--known-failures", list}, 0, reports.KnownFailure, "flaky: passed, known-failure; known until 2999-12-31"},
		{"listed, compared with a steady run", []string{"--known-failures", list, "--baseline", baseline}, 0, reports.KnownFailure, "flaky: passed, known-failure"},
		{"listed in another way", []string{"--known-failures", other}, 1, reports.Failed, "flaky: unexpected-pass, failed; it does not fail as "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, report, _ := flakyEndpoint(t, anotherName).repeat(t, append(tt.args, "--repeat", "2")...)
			if r := report.Scenarios[0]; got.code != tt.code || r.Verdict != tt.verdict || !strings.HasPrefix(r.Reason, tt.reason) {
				t.Errorf("exit code %d, %s, %q\n%s", got.code, r.Verdict, r.Reason, got.err)
			}
		})
	}
}

func TestASteadyEndpointIsNotFlaky(t *testing.T) {
	got, report, _ := run(t, "--repeat", "3", "--only", "imses/person/create", "--only", "imses/person/relationships")
	if got.code != 0 || reports.CountFlaky(report.Scenarios) != 0 || !strings.Contains(got.err, "flaky         none; each case was carried out 3 times") {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
	for _, r := range report.Scenarios {
		if len(r.Repeats) != 3 || r.Reason != "" {
			t.Errorf("%s: %v, %q", r.ID, r.Repeats, r.Reason)
		}
	}
}

func TestRepetitionsAreCountedBeforeAnythingIsSent(t *testing.T) {
	requests := func(args ...string) int {
		got := command(t, append([]string{"run", "--endpoint", "http://127.0.0.1:1", "--username", "u", "--password-file", file(t, "password", "a secret word"),
			"--only", newPerson, "--dry-run"}, args...)...)
		var all []map[string]any
		if err := json.Unmarshal([]byte(got.out), &all); err != nil || got.code != 0 {
			t.Fatalf("%v, exit code %d\n%s", err, got.code, got.err)
		}
		return len(all)
	}
	if once, thrice := requests(), requests("--repeat", "3"); once == 0 || thrice != 3*once {
		t.Errorf("%d requests, %d when repeated three times", once, thrice)
	}
	for _, n := range []string{"0", "-1", "101"} {
		if got := command(t, "run", "--sandbox", "--repeat", n, "--out", filepath.Join(t.TempDir(), "out")); got.code != 2 || !strings.Contains(got.err, "--repeat: "+n+" is no number from 1 to 100") {
			t.Errorf("%s: exit code %d\n%s", n, got.code, got.err)
		}
	}
	if _, report, _ := run(t, "--repeat", "1", "--only", newPerson); report.Selection.Repeat != 0 || report.Scenarios[0].Repeats != nil {
		t.Errorf("once is not repeated: %+v, %v", report.Selection, report.Scenarios[0].Repeats)
	}
}
