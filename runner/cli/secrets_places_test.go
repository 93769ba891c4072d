package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/evidence"
	"esconform/runner/sandbox"
)

// Credentials in places where they do not belong are refused without being repeated.
func TestCredentialsInTheWrongPlaceAreRefusedAndNotRepeated(t *testing.T) {
	const secret = "hunter2-correct-horse"
	pw := file(t, "password", "x")
	sites := "sites:\n  - { name: main, username: u, passwordFile: " + pw + " }\n"
	profiles := map[string]string{
		"endpoint":        "endpoint: https://u:" + secret + "@host.example\n" + sites,
		"broken endpoint": "endpoint: https://u:" + secret + "@host.example:port\n" + sites,
		"secure endpoint": "endpoint: https://host.example\nsecureEndpoint: https://u:" + secret + "@host.example\n" + sites,
		"proxy":           "endpoint: https://host.example\ntls: { proxy: 'http://u:" + secret + "@proxy.example:3128' }\n" + sites,
		"broken proxy":    "endpoint: https://host.example\ntls: { proxy: 'http://u:" + secret + "@proxy.example:%zz' }\n" + sites,
		"control":         "endpoint: http://127.0.0.1:1\ncontrol: { url: 'http://u:" + secret + "@127.0.0.1:1', token: x }\n" + sites,
		"service":         "endpoint: https://host.example\nservices: { combined: 'https://u:" + secret + "@host.example/x' }\n" + sites,
		"misspelt key":    "endpoint: https://host.example\nsites:\n  - { name: main, username: u, pasword: " + secret + " }\n",
		"two lines":       "endpoint: https://host.example\nsites:\n  - name: main\n    username: u\n    password: |\n      " + secret + "\n      more\nnonsense: 1\n",
		"no YAML":         "endpoint: https://host.example\nsites:\n  - { name: main, password: " + secret + "\n",
		"a list":          "endpoint: https://host.example\nsites:\n  - { name: main, username: u, password: [" + secret + "] }\n",
		"header":          "endpoint: https://host.example\nheaders: { 'X-A': \"" + secret + "\\n\" }\n" + sites,
	}
	for name, text := range profiles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			got := command(t, "run", "--profile", put(t, dir, "p.yaml", text), "--out", filepath.Join(dir, "out"))
			if got.code != reports.ExitUsage || strings.Contains(got.out+got.err, secret) {
				t.Errorf("exit code %d\n%s", got.code, got.err)
			}
		})
	}
	for _, args := range [][]string{
		{"--endpoint", "https://u:" + secret + "@host.example:port"}, {"--endpoint", "https://host.example", "--proxy", "http://u:" + secret + "@proxy.example"},
		{"--endpoint", "https://host.example", "--header", secret}, {"--endpoint", "https://host.example", "--header", "X-A: " + secret},
	} {
		got := command(t, append([]string{"run", "--username", "u", "--password-file", pw, "--out", filepath.Join(t.TempDir(), "out")}, args...)...)
		if got.code != reports.ExitUsage || strings.Contains(got.out+got.err, secret) {
			t.Errorf("%v: exit code %d\n%s", args, got.code, got.err)
		}
	}
}

// A hook gets nothing of the environment, and what it prints is searched.
func TestAHookSeesNoSecretAndShowsNone(t *testing.T) {
	t.Setenv("PLANTED_FOR_HOOKS", "environment-of-the-process")
	const secret = "the password of the site"
	server, err := sandbox.New(t.Context(), sandbox.Options{Username: "u", Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(server.Handler())
	t.Cleanup(func() { s.Close(); _ = server.Close() })
	dir := t.TempDir()
	profile := put(t, dir, "p.yaml", fmt.Sprintf("endpoint: %s\nsites:\n  - { name: main, username: u, password: %q }\nhooks:\n  parentPortal: [sh, -c, 'env; echo %q; exit 3', x, '{value}']\n", s.URL, secret, secret))
	out := filepath.Join(dir, "out")
	got := command(t, "run", "--profile", profile, "--allow-hooks", "--only", "imses/person/relationships/portal-disabled-on-create", "--out", out)
	if got.code != reports.ExitInconclusive || !strings.Contains(got.err, "PATH=") {
		t.Errorf("exit code %d: the hook was not run, or not shown\n%s", got.code, got.err)
	}
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{got.err, report.Scenarios[0].Reason} {
		for _, hidden := range []string{secret, "environment-of-the-process"} {
			if strings.Contains(text, hidden) {
				t.Errorf("it shows %q: %s", hidden, text)
			}
		}
	}
}

// repeating is a sandbox that repeats each request as text in a header block of its
// answer.
func repeating(t *testing.T, password string) *httptest.Server {
	t.Helper()
	server, err := sandbox.New(t.Context(), sandbox.Options{Username: "u", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := bodyOf(r)
		answer := httptest.NewRecorder()
		server.Handler().ServeHTTP(answer, r)
		text := answer.Body.String()
		if at := endOfSOAPHeader.FindStringIndex(text); at != nil {
			text = text[:at[0]] + `<e:Echo xmlns:e="urn:example:echo">` + escaped(body) + "</e:Echo>" + text[at[0]:]
		}
		w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
		w.WriteHeader(answer.Code)
		_, _ = w.Write([]byte(text))
	}))
	t.Cleanup(func() { s.Close(); _ = server.Close() })
	return s
}

var inPassword = regexp.MustCompile(`<[A-Za-z]+:Password(?: [^<>]*)?>([^<]*)<`)

// A short password is a word like any other: found everywhere, it would make nonsense
// of the evidence. It is redacted in its own place alone, and changes no verdict.
func TestAShortPasswordCorruptsNothing(t *testing.T) {
	const only = "imses/person/create"
	verdicts := map[string]map[string]reports.Verdict{}
	for _, password := range []string{"a", "person", "Paul", "a long password of nobody"} {
		s := repeating(t, password)
		dir := t.TempDir()
		out := filepath.Join(dir, "out")
		got := command(t, "run", "--endpoint", s.URL, "--username", "u", "--password-file", put(t, dir, "pw", password), "--only", only, "--out", out)
		report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
		if err != nil {
			t.Fatalf("%v\n%s", err, got.err)
		}
		verdicts[password] = map[string]reports.Verdict{}
		for _, r := range report.Scenarios {
			verdicts[password][r.ID] = r.Verdict
		}
		checkRedactedInPlace(t, password, out)
	}
	for password, these := range verdicts {
		if diff := cmp.Diff(verdicts["a long password of nobody"], these); diff != "" || len(these) < 10 {
			t.Errorf("with the password %q %d verdicts are others (-long +short):\n%s", password, len(these), diff)
		}
	}
}

// checkRedactedInPlace looks at every envelope: the password is redacted in its element,
// in the request and where the answer repeats it, and nothing else is.
func checkRedactedInPlace(t *testing.T, password, out string) {
	t.Helper()
	outcomes, err := evidence.ReadLog(filepath.Join(out, "evidence"))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for id, o := range outcomes {
		for _, x := range o.Exchanges {
			for _, text := range []string{string(x.Request), strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`).Replace(string(x.Response))} {
				places := inPassword.FindAllStringSubmatch(text, -1)
				for _, m := range places {
					if seen++; m[1] != "[redacted]" {
						t.Errorf("%s, password %q: %s", id, password, m[0])
					}
				}
				if n := strings.Count(text, "[redacted]"); n != len(places) {
					t.Errorf("%s, password %q: %d redacted, %d passwords\n%s", id, password, n, len(places), text)
				}
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d passwords were seen", seen)
	}
}
