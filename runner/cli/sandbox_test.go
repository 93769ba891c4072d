package cli_test

import (
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/profile"
	"esconform/runner/sandbox"
)

// runProfile runs one scenario against the endpoint of a profile.
func runProfile(t *testing.T, profileFile, only string, args ...string) (outcome, reports.Report) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, append([]string{"run", "--profile", profileFile, "--only", only, "--out", out}, args...)...)
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatalf("%v\n%s", err, got.err)
	}
	return got, report
}

func TestTheSandboxDeviatesAndSpeaksAsTold(t *testing.T) {
	file, _ := sandboxProcess(t, "--deviate", "warned-person-lost", "--dialect", "all-prefixed")
	_, report := runProfile(t, file, unknownChild)
	if v := verdictOf(report, unknownChild); v != reports.Failed {
		t.Errorf("with the deviation the case is %s", v)
	}
}

func TestTheSandboxStartsInTheStateThatItIsTold(t *testing.T) {
	_, target := sandboxProcess(t, "--state", "parentPortal=disabled")
	if got := target.Sites[0].States["parentPortal"]; got != "disabled" {
		t.Errorf("the default site is %q", got)
	}
}

func TestTheSandboxServesTLS(t *testing.T) {
	const needsTLS = "imses/security/tls-without-client-certificate"
	t.Run("with a certificate of its own", func(t *testing.T) {
		file, target := sandboxProcess(t, "--tls")
		if _, report := runProfile(t, file, needsTLS); verdictOf(report, needsTLS) != reports.Passed || !strings.HasPrefix(target.BaseURL, "https://") {
			t.Errorf("%s is %s", target.BaseURL, verdictOf(report, needsTLS))
		}
	})
	t.Run("with a certificate of ours", func(t *testing.T) {
		certificate, authority, err := sandbox.LoopbackCertificate(time.Now())
		if err != nil {
			t.Fatal(err)
		}
		cert, key := clientFiles(t, certificate)
		profileFile, _ := sandboxProcess(t, "--tls-cert", cert, "--tls-key", key)
		block, _ := pem.Decode(authority)
		ca := file(t, "ca.pem", string(pem.EncodeToMemory(block)))
		if got, report := runProfile(t, profileFile, needsTLS, "--ca-file", ca); verdictOf(report, needsTLS) != reports.Passed {
			t.Errorf("the case is %s\n%s", verdictOf(report, needsTLS), got.err)
		}
	})
}

func TestTheSandboxKeepsItsDataAcrossRestarts(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data.db")
	var first, second profile.Target
	t.Run("first", func(t *testing.T) { _, first = sandboxProcess(t, "--data", data) })
	t.Run("second", func(t *testing.T) { _, second = sandboxProcess(t, "--data", data) })
	a, b := first.Sites[0].Credentials, second.Sites[0].Credentials
	if a.Username != b.Username || a.Password.Reveal() != b.Password.Reveal() {
		t.Errorf("user %s became %s, or the password changed", a.Username, b.Username)
	}
}

func TestTheProfileOfTheSandboxIsPrivate(t *testing.T) {
	file, _ := sandboxProcess(t)
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestTheSandboxRefusesWhatItCannotServe(t *testing.T) {
	for name, tt := range map[string]struct {
		args []string
		says string
	}{
		"plain http to others":         {[]string{"--addr", "0.0.0.0:0"}, "--tls"},
		"a certificate without a key":  {[]string{"--tls-cert", "x.pem"}, "--tls-key"},
		"two certificates":             {[]string{"--tls", "--tls-cert", "x.pem", "--tls-key", "x.key"}, "leave out"},
		"a user without a password":    {[]string{"--username", "u"}, "--password-file"},
		"an unknown deviation":         {[]string{"--deviate", "nonsense"}, "nonsense"},
		"an unknown dialect":           {[]string{"--dialect", "nonsense"}, "nonsense"},
		"a state without a value":      {[]string{"--state", "parentPortal"}, "NAME=VALUE"},
		"a state that does not exist":  {[]string{"--state", "nonsense=on"}, "nonsense"},
		"an address that is not there": {[]string{"--addr", "127.0.0.1:nonsense"}, "nonsense"},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, append([]string{"sandbox"}, tt.args...)...)
			if got.code != reports.ExitUsage || !strings.Contains(got.err, tt.says) {
				t.Errorf("exit code %d, want 2 and %q:\n%s", got.code, tt.says, got.err)
			}
		})
	}
}
