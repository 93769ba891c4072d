package known_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"esconform/fixtures"
	"esconform/reports/known"
)

// schema is that of lists of known failures.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := fs.ReadFile(fixtures.Files(), "schema/known-failures.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("known-failures.schema.json", value); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("known-failures.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON is YAML as an editor's checker sees it.
func asJSON(t *testing.T, text []byte) any {
	t.Helper()
	data, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestListsThatAreReadAreValid(t *testing.T) {
	lists := map[string][]byte{"all forms": []byte(good), "empty": []byte("[]"), "nothing but a comment": []byte("# x\n")}
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, path := range files {
		if lists[path], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	s := schema(t)
	for name, text := range lists {
		if err := s.Validate(asJSON(t, text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What an editor marks and what the program refuses is the same, but for what needs
// the suite.
func TestTheSchemaRefusesWhatTheProgramRefuses(t *testing.T) {
	s := schema(t)
	for name, text := range map[string]string{
		"an unknown field":     "- id: a/b\n  owners: y" + rest,
		"no owner":             "- id: a/b\n  message: x\n  reason: y\n  expires: 2030-01-01\n",
		"no reason":            "- id: a/b\n  message: x\n  owner: y\n  expires: 2030-01-01\n",
		"no day":               "- id: a/b\n  message: x\n  owner: y\n  reason: y\n",
		"an empty owner":       "- id: a/b\n  message: x\n  owner: ' '\n  reason: y\n  expires: 2030-01-01\n",
		"a reason of nothing":  "- id: a/b\n  message: x\n  owner: y\n  reason:\n  expires: 2030-01-01\n",
		"no failure":           "- id: a/b\n  owner: y\n  reason: y\n  expires: 2030-01-01\n",
		"no requirement in it": "- id: a/b\n  requirement: []\n  owner: y\n  reason: y\n  expires: 2030-01-01\n",
		"a requirement twice":  "- id: a/b\n  requirement: [REL-06, REL-06]\n  owner: y\n  reason: y\n  expires: 2030-01-01\n",
		"a day that is none":   "- id: a/b\n  message: x\n  owner: y\n  reason: y\n  expires: 2030-02-30\n",
		"a link that runs":     "- id: a/b\n  link: javascript:alert(1)" + rest,
		"a mapping":            "id: a/b\n",
	} {
		t.Run(name, func(t *testing.T) {
			if err := s.Validate(asJSON(t, []byte(text))); err == nil {
				t.Error("the schema lets it through")
			}
			if _, err := known.Load("known.yaml", []byte(text), suite()); err == nil {
				t.Error("the program lets it through")
			}
		})
	}
}
