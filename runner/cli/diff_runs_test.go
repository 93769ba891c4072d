package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"esconform/fixtures"
	"esconform/reports"
	"esconform/reports/changes"
)

// diffJSON compares two runs and holds the output to its schema.
func diffJSON(t *testing.T, a, b string) (int, changes.Changes) {
	t.Helper()
	got := command(t, "diff", "--json", a, b)
	c := jsonschema.NewCompiler()
	for _, name := range []string{"diff-runs.schema.json", "report.schema.json"} {
		data, err := fixtures.Files().Open("schema/" + name)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(data)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(name, value); err != nil {
			t.Fatal(err)
		}
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(got.out))
	if err != nil {
		t.Fatalf("exit code %d: %v\n%s%s", got.code, err, got.out, got.err)
	}
	if err := c.MustCompile("diff-runs.schema.json").Validate(value); err != nil {
		t.Error(err)
	}
	var found changes.Changes
	if err := json.Unmarshal([]byte(got.out), &found); err != nil {
		t.Fatal(err)
	}
	return got.code, found
}

func TestTwoRunsOfOneEndpointDoNotDiffer(t *testing.T) {
	_, _, a := run(t, "--concurrency", "1")
	_, _, b := run(t, "--concurrency", "16", "--seed", "7")
	code, found := diffJSON(t, a, filepath.Join(b, "events.jsonl"))
	if code != 0 || !found.None() || !found.ResponsesCompared || len(found.Uncompared) > 0 {
		t.Errorf("exit code %d, %+v", code, found)
	}
	got := command(t, "diff", a, b)
	if got.code != 0 || !strings.HasSuffix(got.out, "\n\nnothing changed\n") {
		t.Errorf("exit code %d\n%s", got.code, got.out)
	}
}

func TestEachRepetitionIsCompared(t *testing.T) {
	_, _, a := run(t, "--only", newPerson, "--repeat", "3")
	_, _, b := run(t, "--only", newPerson, "--repeat", "2", "--sandbox-deviate", "unset-elements-left-out")
	_, found := diffJSON(t, a, b)
	var ids []string
	for _, r := range found.Responses {
		ids = append(ids, r.ID)
	}
	if diff := cmp.Diff([]string{newPerson, newPerson + "~2"}, ids); diff != "" || len(found.Uncompared) > 0 {
		t.Errorf("%v (-want +got)\n%s", found.Uncompared, diff)
	}
}

func TestResponsesThatNoVerdictSpeaksOfAreShownAndNothingElse(t *testing.T) {
	const person = "/soap:Envelope/soap:Body/pmess:readPersonResponse/pmess:person/"
	const pair = "/soap:Envelope/soap:Body/mmess:readMembershipsForGroupResponse/mmess:membershipIDPairSet/mmess:membershipIdPair"
	roleType := func(n string) changes.Difference {
		return changes.Difference{Kind: changes.Changed, Path: pair + n + "/mmess:membership/mdata:member/mdata:role/mdata:roleType", Line: 1, Wanted: "Learner", Got: "01"}
	}
	read := func(id, file string, step int, operation string, differences ...changes.Difference) []changes.Response {
		file = id + "/" + file + "-" + operation + ".response.xml"
		return []changes.Response{{ID: id, Step: step, Operation: operation, A: file, B: file, Differences: differences}}
	}
	for _, tt := range []struct {
		name string
		only string
		args []string
		want []changes.Response
	}{
		{"a dialect that only writes in another way", unknownChild, []string{"--sandbox-dialect", "rebound-prefixes,numeric-booleans,pretty-printed,utf-16"}, []changes.Response{}},
		{"a dialect that says it in other words", "imses/membership/read/for-group", []string{"--sandbox-dialect", "numeric-roles-read"},
			read("imses/membership/read/for-group", "08", 1, "readMembershipsForGroup", roleType("[1]"), roleType("[2]"))},
		{"a deviation that no expectation of the case is about", newPerson, []string{"--sandbox-deviate", "unset-elements-left-out"},
			read(newPerson, "02", 2, "readPerson", changes.Difference{Kind: changes.Missing, Path: person + "common:URL", Line: 1, Wanted: "<common:URL/>"})},
		{"a deviation in an element that the case does not demand", unknownChild, []string{"--sandbox-deviate", "field-type-left-out"},
			read(unknownChild, "05", 3, "readPerson", changes.Difference{Kind: changes.Missing, Path: person + "pdata:extension/common:extensionField/common:fieldType", Line: 1,
				Wanted: "<common:fieldType>String</common:fieldType>"})},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, a := run(t, "--only", tt.only)
			_, _, b := run(t, append([]string{"--only", tt.only}, tt.args...)...)
			code, found := diffJSON(t, a, b)
			if diff := cmp.Diff(tt.want, found.Responses); diff != "" || len(found.Cases) > 0 || (code == 1) != (len(tt.want) > 0) {
				t.Errorf("exit code %d, %+v (-want +got)\n%s", code, found.Cases, diff)
			}
		})
	}
}

func TestChangedVerdictsAreShown(t *testing.T) {
	_, _, a := run(t, "--only", unknownChild)
	_, _, b := run(t, "--only", unknownChild, "--only", newPerson, "--sandbox-deviate", "warned-person-lost")
	got := command(t, "diff", a, b)
	want := "a  A: conformant\nb  B: not conformant\n" +
		`  selection: {"only":["` + unknownChild + `"],"labels":"","rerunFailed":false,"readOnly":false,"seed":0} -> {"only":["` + unknownChild + `","` + newPerson + `"],"labels":"","rerunFailed":false,"readOnly":false,"seed":0}` + "\n\n" +
		"worse      " + unknownChild + ": passed -> failed\n           newly broken: PER-READ-01, REL-06, REL-11, REL-12\n" +
		"only in b  " + newPerson + ": passed\n" +
		"1 worse, 0 better, 0 changed otherwise, 0 only in a, 1 only in b, 0 changed responses\n"
	shown := strings.NewReplacer(a, "A", b, "B").Replace(got.out)
	if diff := cmp.Diff(want, shown); diff != "" || got.code != reports.ExitNotConformant || got.err != "" {
		t.Errorf("exit code %d, %s (-want +got)\n%s", got.code, got.err, diff)
	}
}

// A comparison that could not be made is never said to have found nothing.
func TestWhatCannotBeComparedIsNotTheSame(t *testing.T) {
	_, _, a := run(t, "--only", newPerson)
	_, _, b := run(t, "--only", newPerson)
	if err := os.RemoveAll(filepath.Join(b, "evidence")); err != nil {
		t.Fatal(err)
	}
	_, _, c := run(t, "--only", newPerson)
	if err := os.WriteFile(filepath.Join(c, "evidence", "exchanges.jsonl"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, d := run(t, "--only", newPerson)
	if err := os.WriteFile(filepath.Join(d, "evidence", "exchanges.jsonl"), []byte("{}\nx\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no evidence", []string{a, b}, 2, "With --verdicts the verdicts alone are compared"},
		{"the evidence of no case", []string{a, c}, 2, "the responses of 1 case could not be compared, first " + newPerson + ": the later run has no evidence of it"},
		{"evidence that cannot be read", []string{a, d}, 2, "exchanges.jsonl:2: "},
		{"verdicts alone", []string{"--verdicts", a, b}, 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := command(t, append([]string{"diff"}, tt.args...)...)
			if got.code != tt.code || !strings.Contains(got.err, tt.says) || strings.Contains(got.out, "nothing changed") {
				t.Errorf("exit code %d, want %d and %q\n%s%s", got.code, tt.code, tt.says, got.out, got.err)
			}
		})
	}
}

func TestRunsThatJudgedNothingAreNotTheSame(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	if got := command(t, "run", "--endpoint", "http://"+closedAddress(t), "--username", "u", "--password-file", file(t, "password", "p"), "--only", newPerson, "--out", out); got.code != reports.ExitInconclusive {
		t.Fatalf("exit code %d\n%s", got.code, got.err)
	}
	for _, args := range [][]string{{out, out}, {"--verdicts", out, out}} {
		got := command(t, append([]string{"diff"}, args...)...)
		if got.code != reports.ExitUsage || !strings.Contains(got.err, "nothing to compare") || got.out != "" {
			t.Errorf("%q: exit code %d\n%s%s", args, got.code, got.out, got.err)
		}
	}
}

func TestARunIsNotComparedWithAnEnvelope(t *testing.T) {
	_, _, a := run(t, "--only", newPerson)
	xml := file(t, "a.xml", "<a/>")
	for name, tt := range map[string]struct {
		args []string
		says string
	}{
		"a run and an envelope":         {[]string{a, xml}, a + " is a run and " + xml + " is none"},
		"an envelope and a run":         {[]string{xml, filepath.Join(a, "report.json")}, "report.json is a run and " + xml + " is none"},
		"a run and what is not there":   {[]string{a, "nowhere"}, a + " is a run and nowhere is none"},
		"a run and standard input":      {[]string{a, "-"}, a + " is a run and - is none"},
		"envelopes as JSON":             {[]string{"--json", xml, xml}, "--json and --verdicts go with two runs"},
		"the verdicts of an envelope":   {[]string{"--verdicts", xml, xml}, "--json and --verdicts go with two runs"},
		"a folder that is no run":       {[]string{a, t.TempDir()}, "there is neither report.json nor events.jsonl in the folder"},
		"a run that was killed at once": {[]string{a, file(t, "events.jsonl", "")}, "events.jsonl:1: the file is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := command(t, append([]string{"diff"}, tt.args...)...); got.code != reports.ExitUsage || !strings.Contains(got.err, tt.says) {
				t.Errorf("exit code %d, want 2 and %q\n%s", got.code, tt.says, got.err)
			}
		})
	}
}
