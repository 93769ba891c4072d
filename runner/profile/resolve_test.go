package profile_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/profile"
)

func ptr[T any](v T) *T { return &v }

// compareSecrets lets go-cmp look into secrets.
var compareSecrets = cmp.Comparer(func(a, b profile.Secret) bool { return a.Reveal() == b.Reveal() })

func write(t *testing.T, mode os.FileMode, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func resolve(t *testing.T, s profile.Sources) profile.Target {
	t.Helper()
	target, err := profile.Resolve(s)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

const fromFile = `
name: from-file
endpoint: https://file.example/
sites:
  - { name: main, username: file-user, password: file-secret }
  - { name: west, username: "0123", password: west-secret, states: { parentPortal: disabled } }
limits: { concurrency: 2, rate: 2.5, stepTimeout: 7s }
headers: { X-Key: file-value }
`

func TestFlagsWinOverTheEnvironmentAndItOverTheFile(t *testing.T) {
	file := write(t, 0o600, "p.yaml", fromFile)
	env := map[string]string{"ESCONFORM_ENDPOINT": "https://env.example", "ESCONFORM_USERNAME": "env-user", "ESCONFORM_PASSWORD": "env-secret",
		"ESCONFORM_CONCURRENCY": "3", "ESCONFORM_RATE": "", "ESCONFORM_TIMEOUT": "8s"}
	type view struct {
		URL, User, Password, Header string
		Concurrency                 int
		Rate                        float64
		Timeout                     time.Duration
	}
	tests := []struct {
		name  string
		env   map[string]string
		flags profile.Flags
		want  view
	}{
		{"the file alone", nil, profile.Flags{}, view{"https://file.example", "file-user", "file-secret", "file-value", 2, 2.5, 7 * time.Second}},
		{"the environment over the file; an empty variable is not set", env, profile.Flags{},
			view{"https://env.example", "env-user", "env-secret", "file-value", 3, 2.5, 8 * time.Second}},
		{"flags over both, also when they say zero", env,
			profile.Flags{Endpoint: ptr("https://flag.example"), Username: ptr("flag-user"), PasswordFile: ptr("-"), Concurrency: ptr(4), Rate: ptr(0.0), Timeout: ptr(9 * time.Second), Headers: []string{"x-key=flag-value"}},
			view{"https://flag.example", "flag-user", "stdin-secret", "flag-value", 4, 0, 9 * time.Second}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.flags.Profile = &file
			target := resolve(t, profile.Sources{Flags: test.flags, LookupEnv: environment(test.env), Stdin: strings.NewReader("stdin-secret\n")})
			got := view{target.BaseURL, target.Sites[0].Credentials.Username, target.Sites[0].Credentials.Password.Reveal(), "",
				target.Limits.Concurrency, target.Limits.Rate, target.Limits.StepTimeout}
			for _, value := range target.Headers {
				got.Header += value
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if west := target.Sites[1].Credentials; west.Username != "0123" || west.Password.Reveal() != "west-secret" {
				t.Errorf("the second site is %s, %s", west.Username, west.Password.Reveal())
			}
		})
	}
}

func TestTheProfileIsNamedByAVariableOrBuiltIn(t *testing.T) {
	file := write(t, 0o600, "p.yaml", fromFile)
	if got := resolve(t, profile.Sources{LookupEnv: environment(map[string]string{"ESCONFORM_PROFILE": file})}).Name; got != "from-file" {
		t.Errorf("profile %q", got)
	}
	builtin := fstest.MapFS{"profiles/vendor.yaml": {Data: []byte("name: built-in\nlimits: { maxDepth: 9 }\n")}}
	target := resolve(t, profile.Sources{Builtin: builtin, LookupEnv: environment(map[string]string{"ESCONFORM_PASSWORD": "p"}),
		Flags: profile.Flags{Profile: ptr("vendor"), Endpoint: ptr("https://host.example"), Username: ptr("u")}})
	if target.Name != "built-in" || target.Limits.MaxDepth != 9 {
		t.Errorf("target %+v", target)
	}
}

func TestAPoliteRateIsTheDefaultOffThisMachine(t *testing.T) {
	for endpoint, want := range map[string]float64{"https://host.example": profile.DefaultRate, "http://127.0.0.1:80": 0, "http://localhost": 0, "https://[::1]:8443": 0} {
		target := resolve(t, profile.Sources{Flags: profile.Flags{Endpoint: &endpoint, Username: ptr("u")}, LookupEnv: environment(map[string]string{"ESCONFORM_PASSWORD": "p"})})
		if target.Limits.Rate != want {
			t.Errorf("%s: rate %g, want %g", endpoint, target.Limits.Rate, want)
		}
	}
}

func TestStatesOfTheCommandLineConcernAllSitesOrOne(t *testing.T) {
	file := write(t, 0o600, "p.yaml", fromFile)
	target := resolve(t, profile.Sources{Flags: profile.Flags{Profile: &file, States: []string{"parentPortalGlobal=disabled", "main:parentPortal=enabled"}}})
	want := []map[string]string{
		{"parentPortalGlobal": "disabled", "parentPortal": "enabled"},
		{"parentPortalGlobal": "disabled", "parentPortal": "disabled"},
	}
	if diff := cmp.Diff(want, []map[string]string{target.Sites[0].States, target.Sites[1].States}); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTheAddressOfAServiceIsFoundFromWhatIsGiven(t *testing.T) {
	tests := []struct{ endpoint, base, combined string }{
		{"https://host.example", "https://host.example", "https://host.example/WCFServiceLibrary/ImsEnterpriseServicesPort.svc"},
		{"https://host.example/", "https://host.example", "https://host.example/WCFServiceLibrary/ImsEnterpriseServicesPort.svc"},
		{"https://host.example/WCFServiceLibrary/ImsEnterpriseServicesPort.svc", "https://host.example", "https://host.example/WCFServiceLibrary/ImsEnterpriseServicesPort.svc"},
		{"https://host.example/WCFServiceLibrary/Other.svc", "https://host.example", "https://host.example/WCFServiceLibrary/Other.svc"},
		{"https://host.example:8443/tenant/", "https://host.example:8443/tenant", "https://host.example:8443/tenant/WCFServiceLibrary/ImsEnterpriseServicesPort.svc"},
	}
	for _, test := range tests {
		target := resolve(t, profile.Sources{Flags: profile.Flags{Endpoint: &test.endpoint, Username: ptr("u")}, LookupEnv: environment(map[string]string{"ESCONFORM_PASSWORD": "p"})})
		if got := target.ServiceURL("ImsEnterpriseServicesPort", false); target.BaseURL != test.base || got != test.combined {
			t.Errorf("%s: base %s, combined %s", test.endpoint, target.BaseURL, got)
		}
	}
}

func TestWhatBelongsToTheEndpointOfTheFileIsForgottenForAnother(t *testing.T) {
	file := write(t, 0o600, "p.yaml", `
endpoint: http://127.0.0.1:1000
secureEndpoint: https://127.0.0.1:1001
services: { ImsEnterpriseServicesPort: /own.svc }
sites: [ { name: main, username: u, password: p } ]
control: { url: "http://127.0.0.1:1000", token: t }
`)
	same := resolve(t, profile.Sources{Flags: profile.Flags{Profile: &file}})
	if same.Control == nil || same.SecureURL == "" || len(same.Services) != 1 {
		t.Errorf("the file's own endpoint has lost %+v", same)
	}
	other := resolve(t, profile.Sources{Flags: profile.Flags{Profile: &file, Endpoint: ptr("https://host.example")}})
	if other.Control != nil || other.SecureURL != "" || len(other.Services) != 0 {
		t.Errorf("another endpoint was given %+v", other)
	}
}

func TestHooksRunOnlyWhenTheyAreAllowed(t *testing.T) {
	file := write(t, 0o600, "p.yaml", "endpoint: https://host.example\nsites: [ { name: main, username: u, password: p } ]\nhooks: { parentPortal: [switch, '{value}'] }\n")
	if _, err := profile.Resolve(profile.Sources{Flags: profile.Flags{Profile: &file}}); err == nil {
		t.Error("a hook was accepted without --allow-hooks")
	}
	target := resolve(t, profile.Sources{Flags: profile.Flags{Profile: &file, AllowHooks: ptr(true)}})
	if diff := cmp.Diff(map[string][]string{"parentPortal": {"switch", "{value}"}}, target.Hooks); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAKnownTargetTakesThePlaceOfFileAndEnvironment(t *testing.T) {
	known := profile.Target{Name: "sandbox", BaseURL: "http://127.0.0.1:7000", Control: &profile.Control{URL: "http://127.0.0.1:7000", Token: profile.NewSecret("token")},
		Sites: []profile.Site{{Name: "main", Credentials: profile.Credentials{Username: "u", Password: profile.NewSecret("p")}, States: map[string]string{"parentPortal": "enabled"}, Anchors: map[string]string{"parentGroup": "g"}}}}
	got := resolve(t, profile.Sources{Known: &known, Flags: profile.Flags{Concurrency: ptr(9), States: []string{"parentPortal=disabled"}},
		LookupEnv: environment(map[string]string{"ESCONFORM_ENDPOINT": "https://env.example", "ESCONFORM_PASSWORD": "env"})})
	want := known
	want.Services, want.Headers, want.Hooks = map[string]string{}, map[string]string{}, map[string][]string{}
	want.Limits = profile.Limits{Concurrency: 9, StepTimeout: profile.DefaultStepTimeout, MaxBody: profile.DefaultMaxBody, MaxHeader: profile.DefaultMaxHeader, MaxDepth: profile.DefaultMaxDepth, MaxViolations: profile.DefaultMaxViolations}
	want.Sites = []profile.Site{known.Sites[0]}
	want.Sites[0].States = map[string]string{"parentPortal": "disabled"}
	if diff := cmp.Diff(want, got, compareSecrets); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if known.Sites[0].States["parentPortal"] != "enabled" {
		t.Error("the known target was changed")
	}
}

func TestEveryVariableHasItsEffect(t *testing.T) {
	ca, _ := certificate(t)
	password := write(t, 0o644, "password.txt", "from-a-file\n")
	tests := []struct {
		name, value string
		effect      func(profile.Target) any
		want        any
	}{
		{"ENDPOINT", "https://other.example", func(t profile.Target) any { return t.BaseURL }, "https://other.example"},
		{"SECURE_ENDPOINT", "https://secure.example", func(t profile.Target) any { return t.SecureURL }, "https://secure.example"},
		{"USERNAME", "someone", func(t profile.Target) any { return t.Sites[0].Credentials.Username }, "someone"},
		{"PASSWORD", "else", func(t profile.Target) any { return t.Sites[0].Credentials.Password.Reveal() }, "else"},
		{"PASSWORD_FILE", password, func(t profile.Target) any { return t.Sites[0].Credentials.Password.Reveal() }, "from-a-file"},
		{"SEPARATE", "true", func(t profile.Target) any { return t.Separate }, true},
		{"CONCURRENCY", "7", func(t profile.Target) any { return t.Limits.Concurrency }, 7},
		{"RATE", "2.5", func(t profile.Target) any { return t.Limits.Rate }, 2.5},
		{"TIMEOUT", "3s", func(t profile.Target) any { return t.Limits.StepTimeout }, 3 * time.Second},
		{"MAX_DURATION", "4m", func(t profile.Target) any { return t.Limits.MaxDuration }, 4 * time.Minute},
		{"CA_FILE", ca, func(t profile.Target) any { return t.TLS.CAFile }, ca},
		{"PROXY", "http://proxy.example:1", func(t profile.Target) any { return t.TLS.Proxy }, "http://proxy.example:1"},
		{"INSECURE", "1", func(t profile.Target) any { return t.TLS.Unverified }, true},
		{"ALLOW_HOOKS", "true", func(t profile.Target) any { return len(t.Hooks) }, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := "endpoint: https://host.example\nsites: [ { name: main, username: u, password: p } ]\n"
			if test.name == "ALLOW_HOOKS" {
				text += "hooks: { parentPortal: [switch, '{value}'] }\n"
			}
			file := write(t, 0o600, "p.yaml", text)
			target := resolve(t, profile.Sources{Flags: profile.Flags{Profile: &file}, LookupEnv: environment(map[string]string{"ESCONFORM_" + test.name: test.value})})
			if got := test.effect(target); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestTheClientCertificateComesFromVariables(t *testing.T) {
	cert, key := certificate(t)
	env := environment(map[string]string{"ESCONFORM_ENDPOINT": "https://host.example", "ESCONFORM_USERNAME": "u", "ESCONFORM_PASSWORD": "p",
		"ESCONFORM_CERT_FILE": cert, "ESCONFORM_KEY_FILE": key})
	if got := resolve(t, profile.Sources{LookupEnv: env}).TLS; got.CertFile != cert || got.KeyFile != key {
		t.Errorf("%+v", got)
	}
}

// certificate makes a self-signed certificate and its key.
func certificate(t *testing.T) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile = write(t, 0o600, "cert.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	keyFile = write(t, 0o600, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})))
	return certFile, keyFile
}
