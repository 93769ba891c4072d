package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/jsonl"
)

// agree is what rejudge prints when nothing differs.
const agree = "were judged again from the evidence, and agree"

func TestAllVerdictsOfAWholeRunFollowFromItsEvidence(t *testing.T) {
	_, path, out := bundled(t, keyPair(t))
	for _, what := range []string{path, out} {
		got := command(t, "rejudge", what)
		if got.code != 0 || !strings.Contains(got.out, agree) || !strings.Contains(got.out, "taken over: 3 skipped (") {
			t.Errorf("%s: exit code %d\n%s%s", what, got.code, got.out, got.err)
		}
	}
}

func TestFindingsFollowFromTheEvidence(t *testing.T) {
	listed := file(t, "known.yaml", "- id: "+unknownChild+"\n  requirement: [PER-READ-01, REL-06, REL-11, REL-12]\n  owner: somebody\n  reason: for now\n  expires: "+time.Now().UTC().Format(time.DateOnly)+"\n")
	relationships := []string{"--only", "imses/person/relationships"}
	for _, tt := range []struct {
		name string
		args []string
		bad  int // failed, warned, or failed as listed
	}{
		{"a warned person is lost", append(relationships, "--sandbox-deviate", "warned-person-lost"), 13},
		{"data are lost with a change of the key", []string{"--only", "imses/person/identifier/data-and-links-kept", "--sandbox-deviate", "change-loses-data"}, 1},
		{"a rule that only strict judges fail", []string{"--only", "imses/person/identifier/data-and-links-kept", "--sandbox-deviate", "change-loses-data", "--strict"}, 1},
		{"known failures", append(relationships, "--sandbox-deviate", "warned-person-lost", "--known-failures", listed), 13},
		{"a known failure that is none", []string{"--only", unknownChild, "--known-failures", listed}, 1},
		{"repeated", append(relationships, "--sandbox-deviate", "warned-person-lost", "--repeat", "2"), 13},
		{"other engine", append(relationships, "--sandbox-deviate", "warned-person-lost", "--xsd-engine", "helium"), 13},
		{"volume", []string{"--only", "imses/volume", "--volume", "20"}, 0},
		{"default volume", []string{"--labels", "volume"}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, report, out := run(t, tt.args...)
			c := report.Counts
			if bad := c.Failed + c.Warned + c.KnownFailure + c.UnexpectedPass; bad != tt.bad || c.Error+c.NotRun > 0 {
				t.Fatalf("the run is no example: %+v", c)
			}
			if got := command(t, "rejudge", out); got.code != 0 || !strings.Contains(got.out, agree) {
				t.Errorf("exit code %d\n%s%s", got.code, got.out, got.err)
			}
		})
	}
}

func TestAByteThatMattersChangesTheVerdict(t *testing.T) {
	for _, tt := range []struct {
		name, from, to string
		deviate        []string
		want           []string
	}{
		{"a success that was none", "<codeMajor>success</codeMajor>", "<codeMajor>failure</codeMajor>", nil,
			[]string{newPerson, "verdict: the report says passed, the evidence failed", "finding only in the evidence: failure ", "1 of 1 results differ from what the evidence says"}},
		{"a schema error", "<severity>status<", "<severity>nonsense<", nil,
			[]string{newPerson, "verdict: the report says passed, the evidence failed", "1 of 1 results differ"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, out := run(t, "--only", newPerson)
			log := filepath.Join(out, "evidence", "exchanges.jsonl")
			text := read(t, log)
			changed := strings.ReplaceAll(text, tt.from, tt.to)
			if changed == text {
				t.Fatalf("there is no %s in\n%s", tt.from, text)
			}
			if err := os.WriteFile(log, []byte(changed), 0o600); err != nil {
				t.Fatal(err)
			}
			got := command(t, "rejudge", out)
			if got.code != reports.ExitNotConformant {
				t.Errorf("exit code %d\n%s%s", got.code, got.out, got.err)
			}
			for _, part := range tt.want {
				if !strings.Contains(got.out, part) {
					t.Errorf("%q is not in\n%s", part, got.out)
				}
			}
		})
	}
}

func TestAReportThatSaysOtherThanTheEvidenceIsFound(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(r *reports.Report)
		want string // the first difference
	}{
		{"a failure hidden", func(r *reports.Report) {
			r.Scenarios[1].Verdict, r.Scenarios[1].Findings = reports.Passed, nil
		}, "verdict: the report says passed, the evidence failed"},
		{"a failure skipped", func(r *reports.Report) { r.Scenarios[1].Verdict, r.Scenarios[1].Reason = reports.Skipped, "no time" },
			"verdict: the report says skipped (no time), the evidence failed"},
		{"a failure that is said to be known", func(r *reports.Report) { r.Scenarios[1].Verdict = reports.KnownFailure },
			"verdict: the report says known-failure, the evidence failed"},
		{"a pass that is said to be known", func(r *reports.Report) {
			r.Scenarios[0].Verdict, r.Scenarios[0].Known = reports.KnownFailure, &reports.Known{}
		}, "verdict: the report says known-failure, the evidence passed"},
		{"a finding softened", func(r *reports.Report) { r.Scenarios[1].Findings[0].Message = "all is well" }, "finding only in the report: "},
		{"a requirement proved for nothing", func(r *reports.Report) { r.Scenarios[0].Proves = append(r.Scenarios[0].Proves, "SEC-01") },
			"proved requirement only in the report: SEC-01"},
		{"exchanges left out", func(r *reports.Report) { r.Scenarios[0].Exchanges = 1 }, "exchanges: the report says 1, the evidence "},
		{"repetitions that were none", func(r *reports.Report) {
			r.Scenarios[0].Repeats = []reports.Verdict{reports.Passed, reports.Passed}
		}, "repetitions: the report says 2, the evidence 1"},
		{"a case left out", func(r *reports.Report) { r.Scenarios = r.Scenarios[1:] }, "it was recorded, and the report has no result of it"},
		{"a case added", func(r *reports.Report) {
			r.Scenarios = append(r.Scenarios, reports.Result{ID: "imses/person/delete/known-person", Verdict: reports.Passed})
		}, "the report says passed, and nothing of the case was recorded"},
		{"a case that there is not", func(r *reports.Report) {
			r.Scenarios = append(r.Scenarios, reports.Result{ID: "imses/made/up", Verdict: reports.Passed})
		}, "the suite has no such case"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, report, out := run(t, "--sandbox-deviate", "warned-person-lost", "--only", newPerson, "--only", unknownChild)
			if diff := cmp.Diff([]string{newPerson, unknownChild}, ids(report)); diff != "" {
				t.Fatal(diff)
			}
			tt.edit(&report)
			if err := jsonl.WriteReport(filepath.Join(out, "report.json"), reports.Summarise(report)); err != nil {
				t.Fatal(err)
			}
			got := command(t, "rejudge", out)
			if got.code != reports.ExitNotConformant || !strings.Contains(got.out, "\n  "+tt.want) {
				t.Errorf("exit code %d\n%s%s", got.code, got.out, got.err)
			}
		})
	}
}

func TestRejudgeNeedsTheScenariosOfTheRun(t *testing.T) {
	_, path, out := bundled(t, keyPair(t), "--only", newPerson, "--fixtures", "testdata/residue")
	_, _, built := bundled(t, keyPair(t), "--only", newPerson)
	_, _, skipped := bundled(t, keyPair(t), "--only", "imses/volume")
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"its own", []string{path, "--fixtures", "testdata/residue"}, 0, agree},
		{"the folder", []string{out, "--fixtures", "testdata/residue"}, 0, agree},
		{"without those that were added", []string{path}, 2, "use the program that made the run, and its --fixtures"},
		{"with some that were not", []string{built, "--fixtures", "testdata/residue"}, 2, "the run was judged by the suite \""},
		{"nothing to judge", []string{skipped}, 4, "none of 3 results could be judged again"},
		{"not there", []string{path + "x"}, 2, "no such file"},
		{"a folder of something else", []string{t.TempDir()}, 2, "no such file"},
		{"no bundle", []string{file(t, "x.zip", "x")}, 1, "it is no zip file"},
		{"fixtures that are not there", []string{path, "--fixtures", path}, 2, "is not a folder"},
		{"nothing named", nil, 2, "accepts 1 arg(s)"},
	} {
		got := command(t, append([]string{"rejudge"}, tt.args...)...)
		if got.code != tt.code || !strings.Contains(got.out+got.err, tt.says) {
			t.Errorf("%s: exit code %d\n%s%s", tt.name, got.code, got.out, got.err)
		}
	}
}

// A run that was killed has no report; what ended before is judged again from its
// events.
func TestARunThatWasKilledIsJudgedAgainAsFarAsItGot(t *testing.T) {
	_, _, out := run(t, "--only", newPerson, "--only", unknownChild)
	events := read(t, filepath.Join(out, "events.jsonl"))
	lines := strings.SplitAfter(events, "\n")
	if err := os.WriteFile(filepath.Join(out, "events.jsonl"), []byte(strings.Join(lines[:2], "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(out, "report.json")); err != nil {
		t.Fatal(err)
	}
	got := command(t, "rejudge", out)
	// The other case ended too, but its result was lost: the evidence knows better.
	if got.code != 1 || !strings.Contains(got.out, "verdict: the report says not-run (the run ended before it: ") || !strings.Contains(got.out, "1 of 2 results differ") {
		t.Errorf("exit code %d\n%s%s", got.code, got.out, got.err)
	}
}
