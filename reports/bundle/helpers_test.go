package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports/bundle"
	"esconform/runner/cli"
)

// deviation makes some of the scenarios below fail, so that there is something to hide.
const deviation = "warned-person-lost"

func newKey(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	key, err := bundle.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func public(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

// sandboxRun runs scenarios against the built-in sandbox and returns the bundle.
func sandboxRun(t testing.TB, key ed25519.PrivateKey, args ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	private, err := bundle.MarshalPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	keyFile, file := filepath.Join(dir, "key.pem"), filepath.Join(dir, "run.zip")
	if err := os.WriteFile(keyFile, private, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	args = append([]string{"run", "--sandbox", "--out", filepath.Join(dir, "out"), "--bundle", file, "--sign-key", keyFile}, args...)
	if code := cli.MainContext(t.Context(), args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(string) string { return "" }}); code > 1 {
		t.Fatalf("exit code %d\n%s", code, out.String())
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return data
}

// smallRun is a run of a few cases, some of which fail.
func smallRun(t testing.TB, key ed25519.PrivateKey) []byte {
	t.Helper()
	return sandboxRun(t, key, "--sandbox-deviate", deviation, "--only", "imses/person/relationships/unknown-child", "--only", "imses/person/create/new-person")
}

func open(t testing.TB, data []byte) bundle.Contents {
	t.Helper()
	c, err := bundle.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// with returns the contents with some of them replaced.
func with(c, replaced bundle.Contents) bundle.Contents {
	again := maps.Clone(c)
	maps.Copy(again, replaced)
	return again
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	return must[[]byte](t)(os.ReadFile(path))
}
