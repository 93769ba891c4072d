package cli

import (
	"context"
	"slices"
	"strings"

	"esconform/runner/sandbox"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

func listings() []listing {
	return []listing{
		{"scenarios", "the documented stories that run replays", listScenarios},
		{"requirements", "the documented rules, and what proves each", listRequirements},
		{"operations", "the operations, and the scenarios that call each", listOperations},
		{"deviations", "the faults that the sandbox can have on purpose", listDeviations},
		{"dialects", "the lawful ways in which the sandbox can answer", listDialects},
		{"certifications", "the profiles that --certify judges for", listCertifications},
		{"states", "the switches of a site that scenarios need", listStates},
	}
}

// scenarioJSON and the types below are the shapes of section 10 of the design.
type scenarioJSON struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Proves     []string `json:"proves"`
	Operations []string `json:"operations"`
	Labels     []string `json:"labels"`
	Source     string   `json:"source"`
	Cases      []string `json:"cases"`
	Core       bool     `json:"core"`
}

func listScenarios(ctx context.Context, dir string) ([]listed, error) {
	library, err := loadLibrary(ctx, dir)
	if err != nil {
		return nil, err
	}
	var rows []listed
	for _, sc := range library.Scenarios {
		v := scenarioJSON{ID: sc.ID, Title: sc.Title, Proves: list(sc.Proves()), Operations: list(sc.Operations()),
			Labels: list(sc.Labels), Source: sc.Source, Cases: []string{}, Core: sc.Core()}
		for _, c := range sc.Cases {
			if c.Name != "" {
				v.Cases = append(v.Cases, c.Name)
			}
		}
		rows = append(rows, listed{v, []string{v.ID, v.Title}})
	}
	return rows, nil
}

type requirementJSON struct {
	ID         string   `json:"id"`
	Area       string   `json:"area"`
	Level      string   `json:"level"`
	Statement  string   `json:"statement"`
	Source     string   `json:"source"`
	Confidence string   `json:"confidence"`
	Class      string   `json:"class"`
	VerifiedBy []string `json:"verifiedBy"`
	Universal  bool     `json:"universal"`
	Reason     string   `json:"reason,omitempty"`
	Missing    string   `json:"missing,omitempty"`
}

func listRequirements(ctx context.Context, dir string) ([]listed, error) {
	library, err := loadLibrary(ctx, dir)
	if err != nil {
		return nil, err
	}
	var rows []listed
	for _, r := range library.Requirements {
		v := requirementJSON{ID: r.ID, Area: r.Area, Level: string(r.Level), Statement: r.Statement, Source: r.Source,
			Confidence: r.Confidence, Class: string(r.Class), VerifiedBy: list(r.VerifiedBy), Universal: r.Universal, Reason: r.Reason, Missing: r.Missing}
		rows = append(rows, listed{v, []string{v.ID, v.Level, v.Class, v.Statement}})
	}
	return rows, nil
}

type operationJSON struct {
	Name      string   `json:"name"`
	Service   string   `json:"service"`
	Action    string   `json:"action"`
	Effect    string   `json:"effect"`
	Scenarios []string `json:"scenarios"`
}

func listOperations(ctx context.Context, dir string) ([]listed, error) {
	library, err := loadLibrary(ctx, dir)
	if err != nil {
		return nil, err
	}
	operations := wire.Operations()
	slices.SortFunc(operations, func(a, b wire.Operation) int { return strings.Compare(a.Name, b.Name) })
	var rows []listed
	for _, o := range operations {
		v := operationJSON{Name: o.Name, Service: o.Service, Action: o.Action, Effect: string(o.Effect), Scenarios: callers(library, o.Name)}
		rows = append(rows, listed{v, []string{v.Name, v.Effect, v.Service}})
	}
	return rows, nil
}

func callers(library scenario.Library, operation string) []string {
	ids := []string{}
	for _, sc := range library.Scenarios {
		if slices.Contains(sc.Operations(), operation) {
			ids = append(ids, sc.ID)
		}
	}
	return ids
}

type deviationJSON struct {
	Name        string   `json:"name"`
	Title       string   `json:"title"`
	Requirement string   `json:"requirement"`
	Level       string   `json:"level"`
	Affects     []string `json:"affects"`
	Stateful    bool     `json:"stateful"`
}

func listDeviations(context.Context, string) ([]listed, error) {
	deviations := sandbox.Deviations()
	slices.SortFunc(deviations, func(a, b sandbox.Deviation) int { return strings.Compare(a.Name, b.Name) })
	var rows []listed
	for _, d := range deviations {
		v := deviationJSON{Name: d.Name, Title: d.Title, Requirement: d.Requirement, Level: d.Level, Affects: list(d.Affects), Stateful: d.Stateful}
		rows = append(rows, listed{v, []string{v.Name, v.Requirement, v.Title}})
	}
	return rows, nil
}

type dialectJSON struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Reading string `json:"reading,omitempty"`
}

func listDialects(context.Context, string) ([]listed, error) {
	dialects := sandbox.Dialects()
	slices.SortFunc(dialects, func(a, b sandbox.Dialect) int { return strings.Compare(a.Name, b.Name) })
	var rows []listed
	for _, d := range dialects {
		rows = append(rows, listed{dialectJSON{d.Name, d.Title, d.Reading}, []string{d.Name, d.Title}})
	}
	return rows, nil
}

type stateJSON struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Values  []string `json:"values"`
	Default string   `json:"default"`
	Scope   string   `json:"scope"`
}

func listStates(ctx context.Context, dir string) ([]listed, error) {
	library, err := loadLibrary(ctx, dir)
	if err != nil {
		return nil, err
	}
	var rows []listed
	for _, st := range library.States {
		rows = append(rows, listed{stateJSON{st.Name, st.Title, list(st.Values), st.Default, st.Scope},
			[]string{st.Name, strings.Join(st.Values, "|"), "default " + st.Default, "scope " + st.Scope, st.Title}})
	}
	return rows, nil
}

// list gives JSON an empty array where there is nothing.
func list(values []string) []string {
	if values == nil {
		return []string{}
	}
	return values
}
