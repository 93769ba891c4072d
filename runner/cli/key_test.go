package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"esconform/reports/bundle"
)

func TestAKeyPairIsMadeOnceAndForTheUserAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.pem")
	got := command(t, "key", "new", "--out", path)
	if got.code != 0 || !regexp.MustCompile(`^[0-9a-f]{64}\n$`).MatchString(got.out) {
		t.Fatalf("exit code %d, printed %q\n%s", got.code, got.out, got.err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("private key: %v %v", info, err)
	}
	private, public := readKeys(t, path)
	key, err := bundle.ParsePublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	if id, err := bundle.KeyID(key); err != nil || id+"\n" != got.out {
		t.Errorf("printed %s, the key is %s %v", got.out, id, err)
	}
	if k, err := bundle.ParsePrivateKey(private); err != nil || !key.Equal(k.Public()) {
		t.Errorf("the keys are no pair: %v", err)
	}
	again := command(t, "key", "new", "--out", path)
	if again.code != 2 || !strings.Contains(again.err, "a key is never overwritten") {
		t.Errorf("a second time: exit code %d\n%s", again.code, again.err)
	}
	if same, _ := readKeys(t, path); string(same) != string(private) {
		t.Error("the key was overwritten")
	}
}

func readKeys(t *testing.T, path string) (private, public []byte) {
	t.Helper()
	private, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if public, err = os.ReadFile(path + ".pub"); err != nil {
		t.Fatal(err)
	}
	return private, public
}

func TestAPublicKeyThatIsThereIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(path+".pub", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := command(t, "key", "new", "--out", path)
	if got.code != 2 || !strings.Contains(got.err, path+".pub is there already") {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
	if data, err := os.ReadFile(path + ".pub"); err != nil || string(data) != "mine" {
		t.Errorf("%q %v", data, err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("half a pair is left: %v", err)
	}
}

func TestKeyUsage(t *testing.T) {
	for _, tt := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"key", "new"}, 2, "name the file of the private key: --out FILE"},
		{[]string{"key", "new", "--out", filepath.Join(t.TempDir(), "none", "key.pem")}, 2, "no such file or directory"},
		{[]string{"key", "new", "x"}, 2, "unknown command"},
		{[]string{"key", "old"}, 2, `unknown command "old"`},
		{[]string{"key"}, 0, ""},
	} {
		if got := command(t, tt.args...); got.code != tt.code || !strings.Contains(got.err, tt.says) {
			t.Errorf("%v: exit code %d\n%s", tt.args, got.code, got.err)
		}
	}
}
