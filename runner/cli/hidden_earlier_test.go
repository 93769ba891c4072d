package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
)

// edited makes the report of a green run, changes its JSON, and returns a command that
// uses it with a flag.
func edited(flag string, change func(map[string]any)) func(*testing.T, string) []string {
	return func(t *testing.T, dir string) []string {
		out := filepath.Join(dir, "earlier")
		if got := command(t, append([]string{"run", "--out", out}, sandboxed()...)...); got.code != 0 {
			t.Fatalf("the earlier run: %s", got.err)
		}
		path := filepath.Join(out, "report.json")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var report map[string]any
		if err := json.Unmarshal(data, &report); err != nil {
			t.Fatal(err)
		}
		change(report)
		if data, err = json.Marshal(report); err != nil {
			t.Fatal(err)
		}
		return sandboxed(flag, put(t, dir, "earlier/report.json", string(data)))
	}
}

func firstScenario(report map[string]any) map[string]any {
	return report["scenarios"].([]any)[0].(map[string]any)
}

// more adds results to the report of a green run, as a run that had them would.
func more(flag string, results ...reports.Result) func(*testing.T, string) []string {
	return func(t *testing.T, dir string) []string {
		args := edited(flag, func(map[string]any) {})(t, dir)
		path := args[len(args)-1]
		report, err := jsonl.ReadReport(path)
		if err != nil {
			t.Fatal(err)
		}
		report.Scenarios = append(report.Scenarios, results...)
		if err := jsonl.WriteReport(path, reports.Summarise(report)); err != nil {
			t.Fatal(err)
		}
		return args
	}
}

// listed runs with a list of known failures.
func listed(format string, values ...any) func(*testing.T, string) []string {
	return func(t *testing.T, dir string) []string {
		return sandboxed("--known-failures", put(t, dir, "known.yaml", fmt.Sprintf(format, values...)))
	}
}

func waysOfEarlier() []way {
	entry := "- { id: %s, requirement: PER-CREATE-01, owner: o, reason: r, expires: %s }\n"
	deviant := func(of func(*testing.T, string) []string) func(*testing.T, string) []string {
		return func(t *testing.T, dir string) []string {
			return append(of(t, dir), "--sandbox-deviate", "created-person-lost")
		}
	}
	return []way{
		{name: "a baseline that is not there", args: plain(sandboxed("--baseline", "nowhere.json")...), code: 2, says: "nowhere.json"},
		{name: "a baseline that is something else", args: func(t *testing.T, dir string) []string {
			return sandboxed("--baseline", put(t, dir, "b.json", `{"tests": 12}`))
		}, code: 2, says: "b.json"},
		{name: "a baseline that is cut off", args: func(t *testing.T, dir string) []string {
			return sandboxed("--baseline", put(t, dir, "b.json", "{\n\"schemaVersion\": \"1.0\",\n\"scen"))
		}, code: 2, says: "b.json:3"},
		{name: "a newer baseline", args: edited("--baseline", func(r map[string]any) { r["schemaVersion"] = "2.0" }), code: 2, says: `schemaVersion "2.0"`},
		{name: "a baseline whose verdict was edited", args: edited("--baseline", func(r map[string]any) { r["verdict"] = "not conformant" }), code: 2, says: "earlier/report.json"},
		{name: "a baseline in which a case was edited to failed", args: deviant(edited("--baseline", func(r map[string]any) { firstScenario(r)["verdict"] = "failed" })), code: 2, says: "earlier/report.json"},
		{name: "a baseline that has a case twice", args: edited("--baseline", func(r map[string]any) { r["scenarios"] = append(r["scenarios"].([]any), firstScenario(r)) }), code: 2, says: "earlier/report.json"},
		{name: "a baseline with an unknown key", args: edited("--baseline", func(r map[string]any) { r["ignore"] = true }), code: 2, says: "ignore"},
		{name: "worse than the baseline", args: deviant(edited("--baseline", func(map[string]any) {})), code: 1, says: "not conformant"},
		{name: "a baseline in which a case vanished", args: more("--baseline", reports.Result{ID: newPerson + "/gone", Scenario: newPerson, Area: "imses/person", Verdict: reports.Passed}), code: 1, says: "1 gone"},
		{name: "what failed before, and nothing did", args: edited("--rerun-failed", func(map[string]any) {}), code: 4, says: "--rerun-failed"},
		{name: "what failed before, and is gone", args: more("--rerun-failed", reports.Result{ID: "imses/person/gone", Scenario: "imses/person/gone", Area: "imses/person", Verdict: reports.Failed}), code: 4, says: "--rerun-failed"},
		{name: "what failed in a report that is not there", args: plain(sandboxed("--rerun-failed", "nowhere.json")...), code: 2, says: "nowhere.json"},
		{name: "known failures that are not there", args: plain(sandboxed("--known-failures", "nowhere.yaml")...), code: 2, says: "nowhere.yaml"},
		{name: "a known failure that has expired", args: listed(entry, newPerson, "2001-01-01"), code: 2, says: "known.yaml:1"},
		{name: "a known failure that matches nothing", args: listed(entry, "imses/person/gone", "2999-01-01"), code: 2, says: "known.yaml:1"},
		{name: "a known failure that matches everything", args: listed(entry, "imses/**", "2999-01-01"), code: 2, says: "known.yaml:1"},
		{name: "a known failure without an owner", args: listed("- { id: %s, requirement: PER-CREATE-01, reason: r, expires: 2999-01-01 }\n", newPerson), code: 2, says: "owner"},
		{name: "a known failure without an expiry", args: listed("- { id: %s, requirement: PER-CREATE-01, owner: o, reason: r }\n", newPerson), code: 2, says: "expires"},
		{name: "a known failure that passes", args: listed(entry, newPerson, "2999-01-01"), code: 1, says: "listed as a known failure"},
		{name: "a known failure that fails otherwise", args: deviant(listed("- { id: %s, requirement: GEN-02, owner: o, reason: r, expires: 2999-01-01 }\n", newPerson)), code: 1, says: "it does not fail as"},
	}
}
