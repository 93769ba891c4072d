package profile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"esconform/fixtures"
	"esconform/runner/profile"
)

func sandboxTarget() profile.Target {
	return profile.Target{
		Name: "sandbox", BaseURL: "http://127.0.0.1:7000", SecureURL: "https://127.0.0.1:7001",
		Product:  profile.Product{Name: "esconform sandbox", Version: "1"},
		Features: []string{"customStrings", "readAllPersons"},
		Sites: []profile.Site{
			{Name: "main", Credentials: profile.Credentials{Username: "0042", Password: profile.NewSecret(`quote " colon: # {x} \ ümlaut`)}, States: map[string]string{"parentPortal": "enabled"}, Anchors: map[string]string{"parentGroup": "a-1", "odd name": "yes"}},
			{Name: "other", Credentials: profile.Credentials{Username: "null", Password: profile.NewSecret("true")}, States: map[string]string{}, Anchors: map[string]string{}},
		},
		Control: &profile.Control{URL: "http://127.0.0.1:7000", Token: profile.NewSecret("control-token")},
		Headers: map[string]string{}, Hooks: map[string][]string{}, Services: map[string]string{},
		Limits: profile.Limits{Concurrency: profile.DefaultConcurrency, StepTimeout: profile.DefaultStepTimeout, MaxBody: profile.DefaultMaxBody,
			MaxHeader: profile.DefaultMaxHeader, MaxDepth: profile.DefaultMaxDepth, MaxViolations: profile.DefaultMaxViolations},
	}
}

func TestAWrittenProfileIsReadAsTheSameTarget(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.yaml")
	want := sandboxTarget()
	if err := profile.WriteFile(path, want); err != nil {
		t.Fatal(err)
	}
	got := resolve(t, profile.Sources{Flags: profile.Flags{Profile: &path}})
	if diff := cmp.Diff(want, got, compareSecrets); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAWrittenProfileCanBeReadByItsOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // there are no such modes
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "p.yaml")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := profile.WriteFile(path, sandboxTarget()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("files are left over: %v", left)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := profile.Resolve(profile.Sources{Flags: profile.Flags{Profile: &path}}); err == nil || !strings.Contains(err.Error(), "0600") {
		t.Errorf("passwords in a file for others were accepted: %v", err)
	}
}

func TestAProfileThatCannotBeWrittenLeavesNothing(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "missing")
	if err := profile.WriteFile(filepath.Join(folder, "p.yaml"), sandboxTarget()); err == nil {
		t.Error("no error")
	}
}

func TestNothingThatPrintsShowsASecret(t *testing.T) {
	target := sandboxTarget()
	target.Headers = map[string]string{"X-Api-Key": "header-secret"}
	target.TLS = profile.TLS{Unverified: true, Proxy: "http://proxy.example:3128"}
	asJSON, err := json.Marshal(target)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(target.Describe(), "\n")
	for name, shown := range map[string]string{
		"Describe": text, "json": string(asJSON), "%v": fmt.Sprintf("%v", target.Sites), "%+v": fmt.Sprintf("%+v", target.Control), "%#v": fmt.Sprintf("%#v", target.Sites),
	} {
		secrets := []string{"ümlaut", "control-token"}
		if name == "Describe" {
			secrets = append(secrets, "header-secret")
		}
		for _, secret := range secrets {
			if strings.Contains(shown, secret) {
				t.Errorf("%s shows %q", name, secret)
			}
		}
	}
	golden(t, "testdata/describe.golden", text+"\n")
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	file, err := fixtures.Files().Open("schema/profile.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("profile.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("profile.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, data []byte) error {
	t.Helper()
	asJSON, err := yaml.YAMLToJSON(data)
	if err != nil {
		return err
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(instance)
}

func TestTheSchemaAcceptsWhatTheLoaderAccepts(t *testing.T) {
	schema := compileSchema(t)
	for name, data := range map[string][]byte{"a written profile": profile.Marshal(sandboxTarget()), "one by hand": []byte(fromFile)} {
		if err := validate(t, schema, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Defects that lie outside the file's own form are for the loader alone.
func TestTheSchemaRefusesProfilesOfTheWrongForm(t *testing.T) {
	schema := compileSchema(t)
	for _, name := range []string{"addresses", "keys", "limits", "no-host", "query", "second-host", "shapes", "sites", "tls"} {
		data, err := os.ReadFile("testdata/defects/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if validate(t, schema, data) == nil {
			t.Errorf("the schema accepts %s.yaml", name)
		}
	}
}
