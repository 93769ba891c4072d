package cli_test

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"esconform/fixtures"
)

func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	data, err := fs.ReadFile(fixtures.Files(), "schema/"+name)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, value); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestListsKeepTheirSchemas(t *testing.T) {
	for _, kind := range []string{"scenarios", "requirements", "operations", "deviations", "dialects", "states", "certifications"} {
		t.Run(kind, func(t *testing.T) {
			got := command(t, "list", kind, "--json")
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(got.out))
			if err != nil {
				t.Fatalf("%v\n%s", err, got.err)
			}
			if err := schema(t, "list-"+kind+".schema.json").Validate(value); err != nil {
				t.Error(err)
			}
			rows := value.([]any)
			if len(rows) == 0 {
				t.Fatal("the list is empty")
			}
			var names []string
			for _, row := range rows {
				fields := row.(map[string]any)
				name, ok := fields["id"].(string)
				if !ok {
					name = fields["name"].(string)
				}
				names = append(names, name)
			}
			sorted := slices.Sorted(slices.Values(names))
			if diff := cmp.Diff(sorted, names); diff != "" {
				t.Errorf("the list is not sorted (-sorted +got):\n%s", diff)
			}
			if plain := command(t, "list", kind); strings.Count(plain.out, "\n") != len(rows) {
				t.Errorf("%d lines for people, %d rows", strings.Count(plain.out, "\n"), len(rows))
			}
		})
	}
}
