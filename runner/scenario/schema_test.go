package scenario_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"esconform/fixtures"
	"esconform/runner/scenario"
)

// compileSchema compiles one of the schemas of our own documents.
func compileSchema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(name, schemaDocument(t, name)); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func schemaDocument(t *testing.T, name string) any {
	t.Helper()
	file, err := fixtures.Files().Open("schema/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return document
}

// schemaOf names the schema of a YAML file of the fixtures, "" for other files.
func schemaOf(name string) string {
	switch {
	case path.Base(name) == "scenario.yaml":
		return "scenario.schema.json"
	case path.Dir(name) == "requirements" && path.Ext(name) == ".yaml":
		return "requirements.schema.json"
	case name == "states.yaml":
		return "states.schema.json"
	}
	return ""
}

// readYAML reads a YAML file as JSON values.
func readYAML(t *testing.T, fsys fs.FS, name string) any {
	t.Helper()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := yaml.Unmarshal(data, &value); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return value
}

func TestTheSchemasAcceptEveryYAMLFileThatLoads(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{}
	for _, name := range []string{"scenario.schema.json", "requirements.schema.json", "states.schema.json"} {
		schemas[name] = compileSchema(t, name)
	}
	checked := 0
	for _, fsys := range []fs.FS{fixtures.Files(), os.DirFS("testdata/base"), os.DirFS("testdata/complete")} {
		err := fs.WalkDir(fsys, ".", func(name string, _ fs.DirEntry, err error) error {
			if schema := schemaOf(name); schema != "" && err == nil {
				checked++
				if invalid := schemas[schema].Validate(readYAML(t, fsys, name)); invalid != nil {
					t.Errorf("%s: %v", name, invalid)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if checked < 10 {
		t.Errorf("only %d files were checked", checked)
	}
}

// What an editor can know without the other files, the schema refuses as well.
func TestTheSchemaRefusesWhatLoadingRefuses(t *testing.T) {
	schema := compileSchema(t, "scenario.schema.json")
	for _, name := range []string{"unknown-keys", "missing-keys", "wrong-kinds", "wrong-values", "matchers"} {
		fsys := os.DirFS("testdata/defects/" + name)
		err := fs.WalkDir(fsys, ".", func(file string, _ fs.DirEntry, err error) error {
			if err == nil && path.Base(file) == "scenario.yaml" && schema.Validate(readYAML(t, fsys, file)) == nil {
				t.Errorf("the schema accepts %s/%s", name, file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheSchemasHaveTheKeysOfTheLoader(t *testing.T) {
	found := map[string][]string{}
	for _, name := range []string{"scenario.schema.json", "requirements.schema.json", "states.schema.json"} {
		document := schemaDocument(t, name).(map[string]any)
		collectKeys(strings.TrimSuffix(name, ".schema.json"), document, found)
		for definition, schema := range document["$defs"].(map[string]any) {
			collectKeys(definition, schema.(map[string]any), found)
		}
	}
	want := scenario.Shapes()
	for name := range want {
		slices.Sort(want[name])
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("keys (-loader +schema):\n%s", diff)
	}
}

// collectKeys notes the keys of a mapping with closed keys, also where a shorter
// form is allowed beside it.
func collectKeys(name string, schema map[string]any, found map[string][]string) {
	candidates := []any{schema}
	if forms, ok := schema["anyOf"].([]any); ok {
		candidates = forms
	}
	for _, candidate := range candidates {
		form := candidate.(map[string]any)
		if properties, ok := form["properties"].(map[string]any); ok && form["additionalProperties"] == false {
			found[name] = slices.Sorted(maps.Keys(properties))
		}
	}
}

func TestTheSchemaAsksForOneMatcher(t *testing.T) {
	document := schemaDocument(t, "scenario.schema.json").(map[string]any)
	encoded, err := json.Marshal(document["$defs"].(map[string]any)["expectation"].(map[string]any)["oneOf"])
	if err != nil {
		t.Fatal(err)
	}
	var choices []struct{ Required []string }
	if err := json.Unmarshal(encoded, &choices); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, choice := range choices {
		got = append(got, choice.Required...)
	}
	if diff := cmp.Diff(scenario.Matchers(), got); diff != "" {
		t.Errorf("matchers (-loader +schema):\n%s", diff)
	}
}
