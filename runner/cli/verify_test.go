package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"esconform/reports/bundle"
)

func TestVerifySaysWhatItFoundAndWhoSigned(t *testing.T) {
	key, other := keyPair(t), keyPair(t)
	_, path, _ := bundled(t, key, "--only", unknownChild, "--sandbox-deviate", "warned-person-lost")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(data)
	changed[len(changed)/2] ^= 1
	for _, tt := range []struct {
		name string
		args []string
		code int
		out  string // a pattern
		err  string
	}{
		{"with the key", []string{path, "--key", key + ".pub"}, 0, `^run\.zip: intact, signed with key\.pem\.pub \(key [0-9a-f]{64}\): run [0-9a-f-]{36} of \S+Z against http://\S+: not conformant: .*\n$`, ""},
		{"without a key", []string{path}, 0, `^run\.zip: intact; signer unknown\n.*Give --key FILE`, ""},
		{"with another key", []string{path, "--key", other + ".pub"}, 1, `^$`, "the bundle is not intact: " + path + ": key.pub: the bundle was signed with another key"},
		{"changed", []string{file(t, "c.zip", string(changed)), "--key", key + ".pub"}, 1, `^$`, "the bundle is not intact: "},
		{"changed, without a key", []string{file(t, "c.zip", string(changed))}, 1, `^$`, "the bundle is not intact: "},
		{"cut off", []string{file(t, "c.zip", string(data[:1000]))}, 1, `^$`, "it is no zip file, or it was cut off"},
		{"foreign", []string{file(t, "c.zip", "hello")}, 1, `^$`, "it is no zip file, or it was cut off"},
		{"not there", []string{filepath.Join(t.TempDir(), "none.zip")}, 2, `^$`, "no such file"},
		{"a folder", []string{t.TempDir()}, 2, `^$`, "it is no file"},
		{"no bundle", nil, 2, `^$`, "accepts 1 arg(s)"},
		{"a key that is not there", []string{path, "--key", path + ".pub"}, 2, `^$`, "no such file"},
		{"a private key", []string{path, "--key", key}, 2, `^$`, `it holds a PEM block "PRIVATE KEY" and not "PUBLIC KEY"`},
		{"an empty name of a key", []string{path, "--key", ""}, 2, `^$`, "--key: the name of the file is empty"},
		{"an empty challenge", []string{path, "--challenge", ""}, 2, `^$`, "--challenge: the text is empty"},
		{"fixtures for nothing", []string{path, "--fixtures", t.TempDir()}, 2, `^$`, "--fixtures goes with --challenge"},
		{"fixtures that are not there", []string{path, "--challenge", "x", "--fixtures", path}, 2, `^$`, "is not a folder"},
	} {
		got := command(t, append([]string{"verify"}, tt.args...)...)
		if got.code != tt.code || !regexp.MustCompile(`(?s)`+tt.out).MatchString(got.out) || !strings.Contains(got.err, tt.err) {
			t.Errorf("%s: exit code %d\n%s%s", tt.name, got.code, got.out, got.err)
		}
	}
}

func TestAChallengeBindsEveryIdentifierThatARunMakesUp(t *testing.T) {
	const challenge = "certifier: no. 17"
	key := keyPair(t)
	// One of these prescribes its identifiers.
	only := []string{"--only", unknownChild, "--only", "imses/soap/message-identifiers", "--only", "imses/soap/no-header-block"}
	_, bound, out := bundled(t, key, append(only, "--challenge", challenge)...)
	_, random, _ := bundled(t, key, only...)
	for path, want := range map[string]string{bound: challenge, random: ""} {
		b, err := bundle.Verify(path, []byte(read(t, path)), nil)
		if err != nil || b.Report.Challenge != want {
			t.Errorf("the report names the challenge %q, not %q: %v", b.Report.Challenge, want, err)
		}
	}
	for _, tt := range []struct {
		name, path, challenge string
		code                  int
		says                  string
	}{
		{"its own", bound, challenge, 0, "message identifiers are bound to the challenge, and"},
		{"another", bound, challenge + " ", 1, "is not bound to the challenge"},
		{"none was given", random, challenge, 1, "is not bound to the challenge"},
	} {
		got := command(t, "verify", tt.path, "--key", key+".pub", "--challenge", tt.challenge)
		if got.code != tt.code || !strings.Contains(got.out+got.err, tt.says) {
			t.Errorf("%s: exit code %d\n%s%s", tt.name, got.code, got.out, got.err)
		}
		if tt.code == 1 && !regexp.MustCompile(`run\.zip: evidence/exchanges\.jsonl:\d+: case \S+, step -?\d+: `).MatchString(got.err) {
			t.Errorf("%s: the place is not named\n%s", tt.name, got.err)
		}
	}
	// Who holds the key and signs again cannot hide an exchange from the check.
	evidence := read(t, filepath.Join(out, "evidence", "exchanges.jsonl"))
	id := regexp.MustCompile(`"messageId":"([0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f-]{21})"`).FindStringSubmatch(evidence)[1]
	for _, tt := range []struct{ name, from, to, says string }{
		{"not named", `"messageId":"` + id + `"`, `"messageId":""`, "its request has an identifier, and the evidence does not name it"},
		{"another named", `"messageId":"` + id + `"`, `"messageId":"1"`, "its request does not have the identifier 1 that the evidence names"},
		{"another sent", id, "6f1c2a9e-3b4d-4c5e-8f70-112233445566", "the identifier 6f1c2a9e-3b4d-4c5e-8f70-112233445566 is not bound to the challenge"},
	} {
		forged := resigned(t, key, bound, out, strings.ReplaceAll(evidence, tt.from, tt.to))
		got := command(t, "verify", forged, "--key", key+".pub", "--challenge", challenge)
		if got.code != 1 || !strings.Contains(got.err, tt.says) {
			t.Errorf("%s: exit code %d\n%s%s", tt.name, got.code, got.out, got.err)
		}
	}
}

// resigned makes a bundle of a run with other evidence, as one who has the key can.
func resigned(t *testing.T, keyFile, bundleFile, out, evidence string) string {
	t.Helper()
	b, err := bundle.Verify(bundleFile, []byte(read(t, bundleFile)), nil)
	if err != nil {
		t.Fatal(err)
	}
	key, err := bundle.ParsePrivateKey([]byte(read(t, keyFile)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := bundle.Make(bundle.Input{Report: []byte(read(t, filepath.Join(out, "report.json"))), Events: []byte(read(t, filepath.Join(out, "events.jsonl"))),
		Evidence: []byte(evidence), Profile: b.Profile, Suite: b.Manifest.Suite, Binary: b.Manifest.Binary, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return file(t, "run.zip", string(data))
}
