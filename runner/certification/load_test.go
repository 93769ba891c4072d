package certification_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"esconform/fixtures"
	"esconform/runner/certification"
	"esconform/runner/scenario"
)

func TestTheProfilesKeepTheirSchema(t *testing.T) {
	data, err := fs.ReadFile(fixtures.Files(), "schema/certification.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("certification", value); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("certification")
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(fixtures.Files(), certification.Folder+"/*.yaml")
	if err != nil || len(names) < 3 {
		t.Fatalf("%v %v", names, err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(fixtures.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		var document any
		if text, err = yaml.YAMLToJSON(text); err == nil {
			err = json.Unmarshal(text, &document)
		}
		if err == nil {
			err = schema.Validate(document)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

const good = "title: T\ndescription: D\nservices: [PersonManagementServiceSync]\n"

func TestEveryMistakeInAProfileIsNamedWithItsLine(t *testing.T) {
	requirements := scenario.Requirements{{ID: "A-1", Area: "a", Class: scenario.Verified}, {ID: "B-1", Area: "b", Class: scenario.Verified}}
	tests := map[string]struct {
		file string
		want string
	}{
		"not YAML":               {"title: [", "certification/x.yaml:1: "},
		"unknown key":            {good + "core: { requirements: [A-1] }\nfeature: x\n", `certification/x.yaml:5: unknown field "feature"`},
		"no title":               {"description: D\nservices: [PersonManagementServiceSync]\ncore: { requirements: [A-1] }\n", "certification/x.yaml:1: the profile has no title; add it"},
		"no services":            {"title: T\ndescription: D\ncore: { requirements: [A-1] }\n", "certification/x.yaml:1: the profile names no services"},
		"unknown service":        {strings.Replace(good, "Person", "Parson", 1) + "core: { requirements: [A-1] }\n", `certification/x.yaml:3: there is no service "ParsonManagementServiceSync"`},
		"unknown area":           {good + "core:\n  areas:\n    - a\n    - c\n", `certification/x.yaml:7: "c": no requirement is of that area`},
		"unknown requirement":    {good + "core:\n  requirements: [A-1, C-*]\n", `certification/x.yaml:5: "C-*": no requirement has such an id`},
		"nothing is core":        {good + "core: { requirements: [A-1], except: [A-*] }\n", "certification/x.yaml:4: no requirement is core; add one"},
		"two features":           {good + "core: { areas: [a] }\nfeatures:\n  - { name: f, requirements: [B-1] }\n  - { name: g, requirements: [B-*] }\n", "certification/x.yaml:7: B-1 is under the feature f, too; keep one"},
		"feature of nothing":     {good + "core: { areas: [a] }\nfeatures: [{ name: f }]\n", "certification/x.yaml:5: a feature has a name and requirements"},
		"a feature's odd server": {good + "core: { areas: [a] }\nfeatures: [{ name: f, services: [X], requirements: [B-1] }]\n", `certification/x.yaml:5: there is no service "X"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := certification.Load(scenario.Library{Requirements: requirements, Files: fstest.MapFS{"certification/x.yaml": {Data: []byte(test.file)}}})
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("%v\nwanted %s", err, test.want)
			}
		})
	}
}

func TestAnUnknownProfileIsNamedWithThoseThatThereAre(t *testing.T) {
	_, profiles := load(t)
	_, err := certification.Find(profiles, "imses-prson")
	if err == nil || err.Error() != `there is no certification profile "imses-prson"; there is imses-full, imses-groups-memberships, imses-person` {
		t.Error(err)
	}
}
