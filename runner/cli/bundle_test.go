package cli_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
)

// keyPair makes a key and returns the file of the private one.
func keyPair(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key.pem")
	if got := command(t, "key", "new", "--out", path); got.code != 0 {
		t.Fatal(got.err)
	}
	return path
}

// bundled runs scenarios with --bundle and returns the bundle and the output folder.
func bundled(t *testing.T, key string, args ...string) (got outcome, file, out string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "run.zip")
	got, _, out = run(t, append([]string{"--bundle", file, "--sign-key", key}, args...)...)
	return got, file, out
}

func TestABundleIsWrittenWhateverTheVerdict(t *testing.T) {
	key := keyPair(t)
	for _, tt := range []struct {
		name string
		args []string
		code int
	}{
		{"green", []string{"--only", newPerson}, 0},
		{"red", []string{"--only", unknownChild, "--sandbox-deviate", "warned-person-lost"}, 1},
		{"nothing tested", []string{"--only", "imses/volume"}, 4},
		{"repeated", []string{"--only", newPerson, "--repeat", "3"}, 0},
		{"a shard", []string{"--only", "imses/person/create", "--shard", "1/2"}, 0},
		{"certified", []string{"--only", newPerson, "--strict"}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, file, out := bundled(t, key, tt.args...)
			if got.code != tt.code || !strings.Contains(got.err, "bundle       "+file) {
				t.Errorf("exit code %d\n%s", got.code, got.err)
			}
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%v %v", info, err)
			}
			report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
			if err != nil {
				t.Fatal(err)
			}
			checked := command(t, "verify", file, "--key", key+".pub")
			if checked.code != 0 || !strings.Contains(checked.out, "run "+report.RunID+" of ") || !strings.HasSuffix(checked.out, report.Reason+"\n") {
				t.Errorf("verify: exit code %d\n%s%s", checked.code, checked.out, checked.err)
			}
		})
	}
}

func TestWhatABundleNeedsIsAskedForBeforeAnythingIsSent(t *testing.T) {
	key, dir := keyPair(t), t.TempDir()
	file := filepath.Join(dir, "run.zip")
	for _, tt := range []struct {
		name string
		args []string
		says string
	}{
		{"no key", []string{"--bundle", file}, "--bundle goes with --sign-key FILE; 'esconform key new --out FILE' makes a key"},
		{"no bundle", []string{"--sign-key", key}, "--sign-key goes with --bundle FILE"},
		{"a key that is not there", []string{"--bundle", file, "--sign-key", dir + "/none"}, "--sign-key: open "},
		{"a public key", []string{"--bundle", file, "--sign-key", key + ".pub"}, `it holds a PEM block "PUBLIC KEY" and not "PRIVATE KEY"`},
		{"a folder that is not there", []string{"--bundle", dir + "/none/run.zip", "--sign-key", key}, "--bundle: stat "},
		{"a file in the place of the folder", []string{"--bundle", key + "/run.zip", "--sign-key", key}, "--bundle: "},
		{"a folder in the place of the file", []string{"--bundle", dir, "--sign-key", key}, dir + " is there already, and is no file"},
		{"the key in the place of the bundle", []string{"--bundle", key, "--sign-key", key}, key + " is there already, and is no bundle; choose another file"},
		{"an empty name of a bundle", []string{"--bundle", ""}, "--bundle is empty"},
		{"an empty name of a key", []string{"--bundle", file, "--sign-key", ""}, "--sign-key is empty"},
		{"an empty challenge", []string{"--challenge", ""}, "--challenge is empty"},
		{"a dry run", []string{"--bundle", file, "--sign-key", key, "--dry-run"}, "--bundle does not go with --dry-run"},
		{"a challenge without end", []string{"--challenge", strings.Repeat("x", 1025)}, "--challenge: it has 1025 bytes, more than 1024"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			got := command(t, append([]string{"run", "--sandbox", "--only", newPerson, "--out", out}, tt.args...)...)
			if got.code != reports.ExitUsage || !strings.Contains(got.err, tt.says) {
				t.Errorf("exit code %d\n%s", got.code, got.err)
			}
			if _, err := os.Stat(out); !os.IsNotExist(err) {
				t.Errorf("something was done: %v", err)
			}
		})
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("there is a bundle: %v", err)
	}
}

// A folder that is gone when the bundle is to be written: the run cleared it.
func TestABundleThatCannotBeWrittenKeepsTheRunFromBeingGreen(t *testing.T) {
	out := t.TempDir()
	gone := filepath.Join(out, "evidence", "gone")
	if err := os.MkdirAll(gone, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out, "events.jsonl"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	got := command(t, "run", "--sandbox", "--only", newPerson, "--out", out, "--bundle", filepath.Join(gone, "run.zip"), "--sign-key", keyPair(t))
	if got.code != reports.ExitInconclusive || !strings.Contains(got.err, "write the bundle: ") || strings.Contains(got.err, "bundle       ") {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
	if report, err := jsonl.ReadReport(filepath.Join(out, "report.json")); err != nil || report.Counts.Passed != 1 {
		t.Errorf("the report: %+v %v", report.Counts, err)
	}
}

func TestABundleDoesNotReplaceAReport(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	if err := os.Mkdir(out, 0o755); err != nil {
		t.Fatal(err)
	}
	got := command(t, "run", "--sandbox", "--only", newPerson, "--out", out, "--bundle", filepath.Join(out, "report.json"), "--sign-key", keyPair(t))
	if got.code != reports.ExitInconclusive || !strings.Contains(got.err, "report.json is there already, and is no bundle") {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
	if _, err := jsonl.ReadReport(filepath.Join(out, "report.json")); err != nil {
		t.Error(err)
	}
}

func TestARunThatEndedEarlyHasABundle(t *testing.T) {
	key, dir := keyPair(t), t.TempDir()
	file := filepath.Join(dir, "run.zip")
	got := command(t, "run", "--sandbox", "--max-duration", "100ms", "--out", filepath.Join(dir, "out"), "--bundle", file, "--sign-key", key)
	if got.code != reports.ExitInconclusive {
		t.Fatalf("exit code %d\n%s", got.code, got.err)
	}
	checked := command(t, "verify", file, "--key", key+".pub")
	if checked.code != 0 || !strings.Contains(checked.out, ": inconclusive: the run is not complete; ") {
		t.Errorf("verify: exit code %d\n%s%s", checked.code, checked.out, checked.err)
	}
}

func TestAnEarlierBundleIsNotTakenForThatOfARunThatDidNotEnd(t *testing.T) {
	file, key := filepath.Join(t.TempDir(), "run.zip"), keyPair(t)
	_, earlier, _ := bundled(t, key, "--only", newPerson)
	if err := os.Rename(earlier, file); err != nil {
		t.Fatal(err)
	}
	got := command(t, "run", "--endpoint", "http://127.0.0.1:1", "--username", "u", "--password-file", fileOf(t, "secret"), "--only", newPerson,
		"--out", filepath.Join(t.TempDir(), "out"), "--bundle", file, "--sign-key", key)
	if got.code != reports.ExitInconclusive {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
	if checked := command(t, "verify", file, "--key", key+".pub"); checked.code != 0 || !strings.Contains(checked.out, ": inconclusive: ") {
		t.Errorf("verify: exit code %d\n%s%s", checked.code, checked.out, checked.err)
	}
}

// read returns the content of a file.
func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func fileOf(t *testing.T, content string) string { return file(t, "content", content) }

func TestABundleHoldsNoSecretAndNoPlaceOnThisMachine(t *testing.T) {
	const secret = "Tr0ub4dor-and-3-staples"
	_, path, out := bundled(t, keyPair(t), "--only", newPerson, "--header", "X-Api-Key="+secret)
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, what := range []string{secret, filepath.Dir(out), "PRIVATE KEY"} {
			if strings.Contains(string(data), what) {
				t.Errorf("%s holds %q", f.Name, what)
			}
		}
		if f.Name == "profile.json" && !strings.Contains(string(data), `"X-Api-Key"`) {
			t.Errorf("the profile does not name the header:\n%s", data)
		}
	}
}
