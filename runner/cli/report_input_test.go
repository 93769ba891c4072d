package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
)

// badInput changes the files of a good run, and tells what is said of it.
type badInput struct {
	name   string
	file   string // which of the two
	change func(text string) string
	want   string // IN stands for the file
}

func badInputs() []badInput {
	replace := func(old, new string) func(string) string {
		return func(text string) string { return strings.Replace(text, old, new, 1) }
	}
	lines := func(text string) []string { return strings.SplitAfter(text, "\n") }
	return []badInput{
		{"an empty report", "report.json", func(string) string { return "" }, "IN:1: the file is empty"},
		{"a report that was cut off", "report.json", func(s string) string { return s[:strings.Index(s, `"interrupted"`)] }, "IN:7: unexpected end of JSON input"},
		{"other JSON", "report.json", func(string) string { return "{\n  \"name\": \"x\"\n}\n" }, `IN:1: schemaVersion "": this program reads "1.0"`},
		{"a list", "report.json", func(string) string { return "[]\n" }, "IN:1: json: cannot unmarshal array"},
		{"JSON and more", "report.json", func(s string) string { return s + "x\n" }, "invalid character 'x' after top-level value"},
		{"a newer report", "report.json", replace(`"schemaVersion": "1.0"`, `"schemaVersion": "2.0"`), `IN:2: schemaVersion "2.0": this program reads "1.0"`},
		{"an unknown field", "report.json", replace(`"complete"`, `"colour": 1, "complete"`), `IN:6: decode line: json: unknown field "colour"`},
		{"an edited verdict", "report.json", replace(`"verdict": "conformant"`, `"verdict": "not conformant"`), "IN:4: its verdict and counts do not follow from its results"},
		{"a case twice", "report.json", replace(`"id": "`+newPerson+`"`, `"id": "`+unknownChild+`"`), "result \"" + unknownChild + "\" is there twice"},
		{"events without a header", "events.jsonl", func(s string) string { return strings.Join(lines(s)[1:], "") }, `IN:1: event "result": the header is the first line`},
		{"a header that was cut off", "events.jsonl", func(s string) string { return s[:1000] }, "IN:1: the file has no header line"},
		{"newer events", "events.jsonl", replace(`"schemaVersion":"1.0"`, `"schemaVersion":"2.0"`), `IN:1: schemaVersion "2.0": this program reads "1.0"`},
		{"an event twice", "events.jsonl", func(s string) string { return lines(s)[0] + lines(s)[1] + lines(s)[1] }, "IN:3: result "},
		{"a line that is no JSON", "events.jsonl", func(s string) string { return lines(s)[0] + "x\n" + lines(s)[1] }, "IN:2: not a JSON object"},
		{"an unknown event", "events.jsonl", func(s string) string { return lines(s)[0] + "{\"event\":\"x\"}\n" }, `IN:2: unknown event "x"`},
		{"events of which a line is gone", "events.jsonl", func(s string) string { return lines(s)[0] + lines(s)[1] + lines(s)[3] }, "IN:3: the run is said to be complete, but 1 of 2"},
	}
}

func TestBadReportsAreRefusedByEveryCommandWithFileAndLine(t *testing.T) {
	_, _, good := run(t, "--only", newPerson, "--only", unknownChild, "--shard", "1/1")
	for _, tt := range badInputs() {
		t.Run(tt.name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(good, tt.file))
			if err != nil {
				t.Fatal(err)
			}
			changed := tt.change(string(data))
			if changed == string(data) {
				t.Fatal("nothing was changed")
			}
			bad, out := file(t, tt.file, changed), filepath.Join(t.TempDir(), "out")
			for _, args := range [][]string{
				{"report", "merge", "--out", out, good, bad}, {"report", "render", "--junit", out, bad},
				{"report", "normalize", "-o", out, bad}, {"diff", good, bad}, {"diff", bad, good},
			} {
				got := command(t, args...)
				if got.code != reports.ExitUsage || !strings.Contains(strings.ReplaceAll(got.err, bad, "IN"), tt.want) {
					t.Errorf("%v: exit code %d, want 2 and %q\n%s", args, got.code, tt.want, got.err)
				}
				if _, err := os.Stat(out); !os.IsNotExist(err) {
					t.Errorf("%v left something: %v", args, err)
				}
			}
		})
	}
}

func TestWhatDoesNotBelongTogetherIsNotMerged(t *testing.T) {
	_, _, one := run(t, "--only", newPerson, "--shard", "1/1")
	_, _, strict := run(t, "--only", newPerson, "--shard", "1/1", "--strict")
	_, _, whole := run(t, "--only", newPerson)
	report := func(dir string) string { return filepath.Join(dir, "report.json") }
	for _, tt := range []struct {
		name string
		args []string
		want string
	}{
		{"no report at all", []string{"--out", "x"}, "requires at least 1 arg"},
		{"no folder to write to", []string{one}, "name the folder to write to with --out"},
		{"one shard twice", []string{one, one}, "shard 1 of 1 is there twice: in " + report(one) + " and in " + report(one)},
		{"one case twice", []string{one, strict}, "case " + newPerson + " is there twice: shard 1 of 1 in " + report(one)},
		{"another strictness", []string{one, strict}, report(one) + " and " + report(strict) + " are not shards of one run; they differ in strictness: false and true"},
		{"a run without shard", []string{whole}, report(whole) + ": it is no shard"},
		{"what is not there", []string{"nowhere"}, "nowhere: no such file"},
		{"into the folder of a shard", []string{"--out", one, one}, "lies in " + one + ", which is written to"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			args := append([]string{"report", "merge"}, tt.args...)
			if !strings.Contains(tt.name, "folder") && tt.args[0] != "--out" {
				args = append(args, "--out", filepath.Join(t.TempDir(), "out"))
			}
			if got := command(t, args...); got.code != reports.ExitUsage || !strings.Contains(got.err, tt.want) {
				t.Errorf("exit code %d, want 2 and %q\n%s", got.code, tt.want, got.err)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(one, "evidence", "exchanges.jsonl")); err != nil {
		t.Errorf("the evidence of a shard is gone: %v", err)
	}
}
