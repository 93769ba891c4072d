package scenario_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"esconform/fixtures"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// loadFixtures loads the documented scenarios.
func loadFixtures(t *testing.T) scenario.Library {
	t.Helper()
	library, err := scenario.Load(t.Context(), fixtures.Files())
	if err != nil {
		t.Fatal("the fixtures have defects; see TestTheFixturesHaveNoDefects")
	}
	return library
}

func TestTheFixturesHaveNoDefects(t *testing.T) {
	library, err := scenario.Load(t.Context(), fixtures.Files())
	if err != nil {
		t.Fatal(err)
	}
	if len(library.Scenarios) == 0 || len(library.Requirements) == 0 || len(library.States) == 0 {
		t.Errorf("%d scenarios, %d requirements, %d states", len(library.Scenarios), len(library.Requirements), len(library.States))
	}
}

func newValidator(t *testing.T) validate.Validator {
	t.Helper()
	validator, err := validate.New("", 10)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := validator.Close(); err != nil {
			t.Error(err)
		}
	})
	return validator
}

// request returns a request as it is sent, but for keys and the Security header.
func request(t *testing.T, files fs.FS, file string, set []scenario.Assignment, remove []string) []byte {
	t.Helper()
	data, err := fs.ReadFile(files, file)
	if err != nil {
		t.Fatal(err)
	}
	data, err = scenario.Apply(data, set, remove)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return bytes.ReplaceAll(data, []byte("{run-start}"), []byte("2024-05-06T07:08:09Z"))
}

// A request is valid, or breaks the schema exactly as its step announces.
func TestEveryRequestIsValidOrAnnouncesWhatIsNot(t *testing.T) {
	library, validator := loadFixtures(t), newValidator(t)
	for _, s := range library.Scenarios {
		for _, c := range s.Cases {
			for i, step := range c.Steps {
				operation, ok := wire.Lookup(step.Operation)
				if !ok {
					continue
				}
				envelope := request(t, library.Files, step.Request, step.Set, step.Remove)
				violations, err := validator.Validate(operation.Request, envelope)
				if err != nil {
					t.Fatal(err)
				}
				if problem := announced(step.SchemaInvalid, violations); problem != "" {
					t.Errorf("%s:%d: step %d of %s: %s", step.Position.File, step.Position.Line, i+1, c.ID(), problem)
				}
			}
		}
	}
}

// announced says what is wrong with a request's violations.
func announced(schemaInvalid string, violations []validate.Violation) string {
	switch {
	case schemaInvalid == "" && len(violations) > 0:
		return "the request is invalid: " + violations[0].Message
	case schemaInvalid != "" && len(violations) == 0:
		return "the request is valid, but schemaInvalid announces " + schemaInvalid
	case schemaInvalid != "" && !strings.Contains(violations[0].Message, schemaInvalid):
		return "schemaInvalid announces " + schemaInvalid + ", but the violation is: " + violations[0].Message
	}
	return ""
}

func TestEveryGivenTemplateMakesAValidRequest(t *testing.T) {
	library, validator := loadFixtures(t), newValidator(t)
	for _, s := range library.Scenarios {
		for _, c := range s.Cases {
			for _, g := range c.Given {
				if g.Template == "" {
					continue
				}
				makes := map[scenario.GivenKind]string{scenario.GivenPerson: "createPerson", scenario.GivenGroup: "createGroup",
					scenario.GivenMembership: "createMembership", scenario.GivenRelationship: "updatePerson"}
				operation, _ := wire.Lookup(makes[g.Kind])
				violations, err := validator.Validate(operation.Request, request(t, library.Files, g.Template, g.Set, nil))
				if err != nil {
					t.Fatal(err)
				}
				if len(violations) > 0 {
					t.Errorf("%s:%d: %s", g.Position.File, g.Position.Line, violations[0].Message)
				}
			}
		}
	}
}

func TestEveryResponseFileIsValid(t *testing.T) {
	library, validator := loadFixtures(t), newValidator(t)
	checked := map[string]bool{}
	for _, s := range library.Scenarios {
		for _, c := range s.Cases {
			for _, step := range c.Steps {
				operation, _ := wire.Lookup(step.Operation)
				for _, file := range responseFiles(step.Expect) {
					if checked[file] {
						continue
					}
					checked[file] = true
					violations, err := validator.Validate(operation.Response, request(t, library.Files, file, nil, nil))
					if err != nil {
						t.Fatal(err)
					}
					if len(violations) > 0 {
						t.Errorf("%s:%d: %s", file, violations[0].Line, violations[0].Message)
					}
				}
			}
		}
	}
	if len(checked) == 0 {
		t.Error("no response file was found")
	}
}

// responseFiles lists the files that expectations demand, those of readings included.
func responseFiles(expect []scenario.Expectation) []string {
	var files []string
	for _, e := range expect {
		if e.Response != "" {
			files = append(files, e.Response)
		}
		for _, reading := range e.AnyOf {
			files = append(files, responseFiles(reading.Expect)...)
		}
	}
	return files
}

// A wrong password may lock an account out, so a run has three at most (ruling 15).
func TestAtMostThreeCasesSendAWrongPassword(t *testing.T) {
	var cases []string
	for _, s := range loadFixtures(t).Scenarios {
		for _, c := range s.Cases {
			for _, step := range c.Steps {
				if step.As.Credentials == "wrong-password" {
					cases = append(cases, c.ID())
				}
			}
		}
	}
	if len(cases) > 3 {
		t.Errorf("wrong passwords are sent %d times: %s", len(cases), strings.Join(cases, ", "))
	}
}

// Every file beside a scenario is sent or demanded by one, so that none is left
// behind when a scenario changes.
func TestEveryEnvelopeIsUsed(t *testing.T) {
	library := loadFixtures(t)
	used := map[string]bool{}
	for _, s := range library.Scenarios {
		for _, c := range s.Cases {
			for _, g := range c.Given {
				used[g.Template] = true
			}
			for _, step := range c.Steps {
				used[step.Request] = true
				for _, file := range responseFiles(step.Expect) {
					used[file] = true
				}
			}
		}
	}
	err := fs.WalkDir(library.Files, "imses", func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".xml") && !strings.HasPrefix(name, "imses/given/") && !used[name] {
			t.Errorf("%s is used by no scenario; remove it", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
