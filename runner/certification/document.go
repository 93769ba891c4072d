package certification

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// document is a file as it is written (fixtures/schema/certification.schema.json).
type document struct {
	Title       string   `yaml:"title"`
	Description string   `yaml:"description"`
	Services    []string `yaml:"services"`
	Core        struct {
		Areas        []string `yaml:"areas"`
		Requirements []string `yaml:"requirements"`
		Except       []string `yaml:"except"`
	} `yaml:"core"`
	Features []struct {
		Name         string   `yaml:"name"`
		Services     []string `yaml:"services"`
		Requirements []string `yaml:"requirements"`
	} `yaml:"features"`

	name string // of the file
	file *ast.File
}

// read parses a file. Unknown keys and missing values are errors with their line.
func read(name string, data []byte) (*document, error) {
	d := &document{name: name}
	var err error
	if d.file, err = parser.ParseBytes(data, 0); err != nil {
		return nil, located(name, err)
	}
	if err := yaml.UnmarshalWithOptions(data, d, yaml.Strict()); err != nil {
		return nil, located(name, err)
	}
	var defects []error
	for key, value := range map[string]string{"title": d.Title, "description": d.Description} {
		if strings.TrimSpace(value) == "" {
			defects = append(defects, fmt.Errorf("%s: the profile has no %s; add it", d.place(key), key))
		}
	}
	if len(d.Services) == 0 {
		defects = append(defects, fmt.Errorf("%s: the profile names no services; add those of %s that the endpoint must offer", d.place("services"), strings.Join(portTypes(), ", ")))
	}
	defects = append(defects, d.unknown("services", d.Services))
	for i, f := range d.Features {
		if f.Name == "" || len(f.Requirements) == 0 {
			defects = append(defects, fmt.Errorf("%s: a feature has a name and requirements", d.place(fmt.Sprintf("features[%d]", i))))
		}
		defects = append(defects, d.unknown(fmt.Sprintf("features[%d].services", i), f.Services))
	}
	return d, errors.Join(defects...)
}

// unknown reports the services that there are not.
func (d *document) unknown(key string, services []string) error {
	var defects []error
	for i, s := range services {
		if !slices.Contains(portTypes(), s) {
			defects = append(defects, fmt.Errorf("%s: there is no service %q; there is %s", d.place(fmt.Sprintf("%s[%d]", key, i)), s, strings.Join(portTypes(), ", ")))
		}
	}
	return errors.Join(defects...)
}

// place gives file:line of a key, or of the file where it is missing.
func (d *document) place(key string) string {
	if path, err := yaml.PathString("$." + key); err == nil {
		if node, err := path.FilterFile(d.file); err == nil && node.GetToken() != nil {
			return fmt.Sprintf("%s:%d", d.name, node.GetToken().Position.Line)
		}
	}
	return d.name + ":1"
}

// located puts file and line before an error of the YAML library, without its
// drawing of the source.
func located(name string, err error) error {
	line, message := 1, strings.SplitN(err.Error(), "\n", 2)[0]
	var known yaml.Error
	if errors.As(err, &known) {
		message = known.GetMessage()
		if t := known.GetToken(); t != nil && t.Position != nil {
			line = t.Position.Line
		}
	}
	return fmt.Errorf("%s:%d: %s", name, line, message)
}
