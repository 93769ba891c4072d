package cli_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"esconform/runner/evidence"
	"esconform/runner/sandbox"
)

// planting makes secrets of all kinds of characters, no two the same.
type planting struct {
	rng   *rand.Rand
	texts []string
}

// plant returns a new secret: letters and digits, and between them what XML, URLs,
// JSON and headers treat in their own ways.
func (p *planting) plant() string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789"
	between := []string{"", "-", "&", "<", "%", "+", "/", "=", `"`, "'", " ", "\\", ";", ":", "#", "?"}[len(p.texts)%16]
	var b strings.Builder
	for i := range 16 {
		if i == 5 || i == 11 {
			b.WriteString(between)
		}
		b.WriteByte(letters[p.rng.IntN(len(letters))])
	}
	p.texts = append(p.texts, b.String())
	return b.String()
}

// artefact is something that a run has made.
type artefact struct {
	name string
	data []byte
}

// artefacts are everything below a folder, the entries of archives and the bodies in
// the evidence, and what was printed.
func artefacts(t *testing.T, dir string, got outcome) []artefact {
	t.Helper()
	all := []artefact{{"standard output", []byte(got.out)}, {"standard error", []byte(got.err)}}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && strings.HasSuffix(path, ".zip") {
			return unzip(data, &all)
		}
		all = append(all, artefact{path, data})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	outcomes, err := evidence.ReadLog(filepath.Join(dir, "evidence"))
	if err != nil || len(outcomes) == 0 {
		t.Fatalf("no evidence: %v", err)
	}
	for id, o := range outcomes {
		for _, x := range o.Exchanges { // what is text stands in the log as text
			if !utf8.Valid(x.Response) {
				all = append(all, artefact{"response of " + id, x.Response})
			}
		}
	}
	return different(all)
}

// different leaves out what is there twice, as most of a bundle is.
func different(all []artefact) []artefact {
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(a artefact) bool {
		there := seen[string(a.data)]
		seen[string(a.data)] = true
		return there
	})
}

func unzip(data []byte, all *[]artefact) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		*all = append(*all, artefact{"bundle: " + f.Name, content})
	}
	return nil
}

// readings are what may be read out of an artefact: as it is, with JSON's escapes and
// with character references undone, and without CDATA brackets and comments.
func readings(data []byte) []string {
	text := string(data)
	unquoted := strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n", `\t`, "\t", `\u0026`, "&", `\u003c`, "<", `\u003e`, ">").Replace(text)
	all := []string{text}
	for _, s := range []string{unquoted, html.UnescapeString(unquoted), html.UnescapeString(html.UnescapeString(unquoted))} {
		if s != all[len(all)-1] {
			all = append(all, s)
		}
	}
	return append(all, strings.NewReplacer("<![CDATA[", "", "]]>", "", "<!-- -->", "").Replace(html.UnescapeString(unquoted)))
}

// trace is a form of a secret that nothing may hold.
type trace struct{ secret, form, text string }

// tracesOf are the forms of all secrets, by their first bytes.
func tracesOf(secrets []string) map[[8]byte][]trace {
	all := map[[8]byte][]trace{}
	add := func(secret, form, text string) {
		key := [8]byte([]byte(text))
		all[key] = append(all[key], trace{secret, form, text})
	}
	for _, secret := range secrets {
		add(secret, "UTF-16", string(utf16LE(secret)))
		for form, text := range forms(secret) {
			if strings.HasPrefix(form, "base64") { // the ends depend on what stands around it
				text = text[4 : len(text)-6]
			}
			add(secret, form, text)
		}
	}
	return all
}

// lookForSecrets looks for each secret in all its forms.
func lookForSecrets(t *testing.T, all []artefact, secrets []string) {
	t.Helper()
	traces, found := tracesOf(secrets), 0
	for _, a := range all {
		for reading, text := range readings(a.data) {
			for at := 0; at+8 <= len(text); at++ {
				for _, trace := range traces[[8]byte([]byte(text[at:at+8]))] {
					if !strings.HasPrefix(text[at:], trace.text) {
						continue
					}
					t.Errorf("%s shows %q (%s, reading %d): ...%q", a.name, trace.secret, trace.form, reading, text[max(0, at-60):min(len(text), at+len(trace.text)+20)])
					if found++; found > 20 {
						t.FailNow()
					}
				}
			}
		}
	}
}

// profileOf writes a profile of the chatter with all its sites, and with a header for
// each of the values.
func profileOf(c *chatter, headers []string, passwordEnv string, control bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "endpoint: %s\nproduct: { name: chatter }\nfeatures: [customStrings, replayDetection]\nsites:\n", c.URL)
	for i, site := range c.sandbox.Sites() {
		fmt.Fprintf(&b, "  - name: %s\n    username: %s\n", site.Name, site.Username)
		if i == 1 {
			fmt.Fprintf(&b, "    passwordEnv: %s\n", passwordEnv)
		} else {
			fmt.Fprintf(&b, "    password: %q\n", site.Password)
		}
		if site.Name == sandbox.SitePortalOff {
			b.WriteString("    states: { parentPortal: disabled }\n")
		}
	}
	if control {
		fmt.Fprintf(&b, "control: { url: %s, token: %q }\n", c.URL, c.sandbox.ControlToken())
	}
	b.WriteString("headers:\n")
	for i, value := range headers {
		fmt.Fprintf(&b, "  X-Plant-%02d: %q\n", i, value)
	}
	return b.String()
}

// headersOf makes the values of headers, each with a secret of its own.
func (p *planting) headersOf(n int) []string {
	headers := make([]string, n)
	for i := range headers {
		secret := p.plant()
		switch {
		case i%5 == 1 && !strings.Contains(secret, " "):
			headers[i] = "Bearer " + secret
		case i%5 == 2:
			headers[i] = "Basic " + base64.StdEncoding.EncodeToString([]byte("user:"+secret))
		default:
			headers[i] = secret
		}
	}
	return headers
}

// environment plants secrets in the environment of the process, which no endpoint is
// told.
func (p *planting) environment(t *testing.T, n int) (secrets []string) {
	t.Helper()
	for i := range n {
		secret := p.plant()
		t.Setenv(fmt.Sprintf("PLANTED_%d", i), secret)
		secrets = append(secrets, secret)
	}
	return secrets
}

// signingKey makes a key pair and returns the file and what is secret in it.
func signingKey(t *testing.T, dir string) (path, secret string) {
	t.Helper()
	path = filepath.Join(dir, "key.pem")
	if got := command(t, "key", "new", "--out", path); got.code != 0 {
		t.Fatal(got.err)
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, strings.Split(string(pem), "\n")[1]
}

// TestNoPlantedSecretAppearsAnywhere runs against an endpoint that shows everything it
// knows, in every form, and looks at everything that the run leaves. A cookie is known
// as soon as it was received, so that those of other exchanges are shown only where
// there is one exchange at a time.
func TestNoPlantedSecretAppearsAnywhere(t *testing.T) {
	for _, concurrency := range []int{1, 8} {
		t.Run(fmt.Sprintf("concurrency %d", concurrency), func(t *testing.T) {
			p := &planting{rng: rand.New(rand.NewPCG(7, uint64(concurrency)))}
			c := newChatter(t, sandbox.Options{Username: "u", Password: p.plant(), Sites: []string{"third", "fourth", "fifth"}})
			c.shared = concurrency == 1
			headers := p.headersOf(70)
			c.told = append(c.told, append(p.texts, c.sandbox.ControlToken())...)
			for _, site := range c.sandbox.Sites() {
				c.told = append(c.told, site.Password)
			}
			dir := t.TempDir()
			out := filepath.Join(dir, "out")
			if err := os.MkdirAll(out, 0o755); err != nil {
				t.Fatal(err)
			}
			key, private := signingKey(t, dir)
			env := map[string]string{"OF_OTHER": c.sandbox.Sites()[1].Password, "ESCONFORM_NOTHING": p.plant()}
			secrets := append(p.environment(t, 40), env["ESCONFORM_NOTHING"], private)
			got := commandWith(t, t.Context(), env, "", "run", "--profile", put(t, dir, "p.yaml", profileOf(c, headers, "OF_OTHER", true)),
				"--only", "imses/person/create", "--only", "imses/security", "--only", "imses/person/object", "--only", "imses/person/read/external-person", "--concurrency", fmt.Sprint(concurrency),
				"--verbose", "--annotations", "github", "--bundle", filepath.Join(out, "bundle.zip"), "--sign-key", key, "--out", out)
			if got.code != 1 {
				t.Errorf("exit code %d\n%s", got.code, got.err)
			}
			secrets = append(append(secrets, c.told...), c.cookies...)
			slices.Sort(secrets)
			secrets = slices.Compact(secrets)
			t.Logf("%d secrets, %d of them planted; answers: %v", len(secrets), len(p.texts), c.modes)
			c.checkModes(t)
			if len(p.texts) < 100 {
				t.Errorf("only %d secrets were planted", len(p.texts))
			}
			lookForSecrets(t, artefacts(t, out, got), secrets)
		})
	}
}
