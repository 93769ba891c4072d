package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
)

func readCertification(t *testing.T, out string) reports.Certification {
	t.Helper()
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil || report.Certification == nil {
		t.Fatalf("no certification in the report: %v", err)
	}
	return *report.Certification
}

// An endpoint of which only address and credentials are known has neither a control
// interface nor switched states nor anchors, and is to get its certificate.
func TestAnOrdinaryEndpointCanBeCertified(t *testing.T) {
	for _, name := range []string{"imses-person", "imses-groups-memberships"} {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t, false)
			out := filepath.Join(t.TempDir(), "out")
			got := command(t, "run", "--endpoint", p.URL, "--username", "u", "--password-file", p.password, "--certify", name, "--out", out)
			c := readCertification(t, out)
			if got.code != reports.ExitConformant || c.Verdict != reports.Conformant || c.Core.Held < 50 || len(c.Core.NotProvable) == 0 || len(c.Core.NotCounted) == 0 {
				t.Errorf("exit code %d, %+v\n%s", got.code, c, got.err)
			}
			if said := strings.Join(strings.Fields(got.err), " "); !strings.Contains(said, c.Reason) {
				t.Errorf("the reason is not in the summary:\n%s", got.err)
			}
			summary, err := os.ReadFile(filepath.Join(out, "summary.md"))
			if err != nil || !strings.Contains(string(summary), "## Certification: "+c.Title) {
				t.Errorf("the certification is not in summary.md: %v", err)
			}
		})
	}
}

func TestTheVerdictsOfACertification(t *testing.T) {
	vendor := t.TempDir()
	if err := os.MkdirAll(filepath.Join(vendor, "certification"), 0o755); err != nil {
		t.Fatal(err)
	}
	text := "title: Reading\ndescription: Persons can be read.\nservices: [PersonManagementServiceSync]\ncore: { requirements: [PER-READ-02] }\n"
	if err := os.WriteFile(filepath.Join(vendor, "certification", "vendor-read.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name    string
		args    []string
		code    int
		run     reports.RunVerdict
		verdict reports.RunVerdict
	}{
		{"of a vendor", []string{"--fixtures", vendor, "--certify", "vendor-read"}, 0, reports.Conformant, reports.Conformant},
		{"narrowed", []string{"--certify", "imses-person", "--only", "imses/person/create"}, 3, reports.Conformant, reports.Inconclusive},
		{"broken", []string{"--certify", "imses-person", "--only", "imses/person/relationships", "--sandbox-deviate", "warned-person-lost"}, 1, reports.NotConformant, reports.NotConformant},
		{"a warning", []string{"--fixtures", vendor, "--certify", "vendor-read", "--sandbox-deviate", "unknown-person-invented"}, 0, reports.ConformantWithWarnings, reports.ConformantWithWarnings},
		{"a warning, strictly", []string{"--fixtures", vendor, "--certify", "vendor-read", "--sandbox-deviate", "unknown-person-invented", "--strict"}, 1, reports.NotConformant, reports.NotConformant},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			got := command(t, append([]string{"run", "--sandbox", "--out", out}, tt.args...)...)
			if got.code != tt.code {
				t.Fatalf("exit code %d, want %d:\n%s", got.code, tt.code, got.err)
			}
			report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
			if err != nil || report.Verdict != tt.run {
				t.Errorf("the run is %s, want %s: %v", report.Verdict, tt.run, err)
			}
			if c := readCertification(t, out); c.Verdict != tt.verdict {
				t.Errorf("%s, want %s", c.Reason, tt.verdict)
			}
		})
	}
}

// A variable that is not set must neither leave a run without its certification, nor
// without the scenarios of a vendor.
func TestACertificationWithoutANameIsRefused(t *testing.T) {
	got := command(t, "run", "--sandbox", "--only", newPerson, "--certify", "", "--fixtures=", "--out", filepath.Join(t.TempDir(), "out"))
	if got.code != reports.ExitUsage || !strings.Contains(got.err, "--certify is empty") || !strings.Contains(got.err, "--fixtures is empty") {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
}

// Each requirement is proved by several scenarios: without the one that fails, all of
// them hold, and the profile is not tested all the same.
func TestAScenarioThatIsLeftOutKeepsTheCertificate(t *testing.T) {
	vendor := t.TempDir()
	if err := os.MkdirAll(filepath.Join(vendor, "certification"), 0o755); err != nil {
		t.Fatal(err)
	}
	text := "title: Creating\ndescription: Persons can be created.\nservices: [PersonManagementServiceSync]\ncore: { requirements: [PER-CREATE-01] }\n"
	if err := os.WriteFile(filepath.Join(vendor, "certification", "vendor-create.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, "run", "--sandbox", "--out", out, "--fixtures", vendor, "--certify", "vendor-create", "--only", newPerson)
	if c := readCertification(t, out); got.code != reports.ExitInconclusive || c.Verdict != reports.Inconclusive || c.Core.Held != 1 || !strings.Contains(c.Reason, "of the profile without a verdict") {
		t.Errorf("exit code %d, %+v\n%s", got.code, c, got.err)
	}
}
