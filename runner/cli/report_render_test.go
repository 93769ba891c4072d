package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
)

func TestAFormatThatCannotBeWrittenDoesNotKeepTheOthers(t *testing.T) {
	_, _, out := run(t, "--only", newPerson)
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, flag := range []string{"--junit", "--html", "--markdown", "--json"} {
		t.Run(flag, func(t *testing.T) {
			good := map[string]string{"--junit": path("j" + flag), "--html": path("h" + flag), "--markdown": path("m" + flag), "--json": path("r" + flag)}
			args := []string{"report", "render", out, flag, path("nowhere/x")}
			delete(good, flag)
			for other, file := range good {
				args = append(args, other, file)
			}
			got := command(t, args...)
			if got.code != reports.ExitInconclusive || !strings.Contains(got.err, flag+": write "+path("nowhere/x")) {
				t.Errorf("exit code %d\n%s", got.code, got.err)
			}
			for _, file := range good {
				if info, err := os.Stat(file); err != nil || info.Size() == 0 {
					t.Errorf("%s: %v", file, err)
				}
			}
		})
	}
}

func TestRenderRefusesWhatWouldLoseSomething(t *testing.T) {
	_, _, out := run(t, "--only", newPerson)
	report, events := filepath.Join(out, "report.json"), filepath.Join(out, "events.jsonl")
	stale := file(t, "j-2.xml", "<testsuites/>")
	for _, tt := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"no format", []string{out}, 2, "name at least one of --junit, --html, --markdown and --json"},
		{"no report", []string{"--junit", "-"}, 2, "accepts 1 arg"},
		{"two reports", []string{out, out, "--junit", "-"}, 2, "accepts 1 arg"},
		{"two formats in one file", []string{out, "--junit", "x", "--html", "./x"}, 2, "--junit and --html both write ./x"},
		{"two formats on standard output", []string{out, "--json", "-", "--html", "-"}, 2, "--html and --json both write -"},
		{"over the report that is read", []string{out, "--json", report}, 2, "--json would overwrite " + report},
		{"over the events that are read", []string{events, "--html", events}, 2, "--html would overwrite " + events},
		{"an unknown dialect", []string{out, "--junit", "-", "--junit-dialect", "nonsense"}, 2, "nonsense"},
		{"beside what would be taken for a part", []string{out, "--junit", filepath.Join(filepath.Dir(stale), "j.xml")}, 3, "j-2.xml lies beside it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, err := os.ReadFile(report)
			if err != nil {
				t.Fatal(err)
			}
			if got := command(t, append([]string{"report", "render"}, tt.args...)...); got.code != tt.code || !strings.Contains(got.err, tt.want) || got.out != "" {
				t.Errorf("exit code %d, want %d and %q\n%s%s", got.code, tt.code, tt.want, got.out, got.err)
			}
			if after, err := os.ReadFile(report); err != nil || string(after) != string(before) {
				t.Errorf("the report was changed: %v", err)
			}
		})
	}
}

func TestARenderedReportIsTheOneOfTheRun(t *testing.T) {
	_, _, out := run(t, "--only", unknownChild, "--sandbox-deviate", "warned-person-lost")
	for flag, name := range map[string]string{"--junit": "junit.xml", "--html": "report.html", "--markdown": "summary.md", "--json": "report.json"} {
		want, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		got := command(t, "report", "render", flag, "-", filepath.Join(out, "events.jsonl"))
		if got.code != 0 || got.out != string(want) {
			t.Errorf("%s: exit code %d, %d bytes, and %d of the run's %s\n%s", flag, got.code, len(got.out), len(want), name, got.err)
		}
		if !strings.HasPrefix(got.err, "not conformant: ") {
			t.Errorf("the verdict is not told: %s", got.err)
		}
	}
}

// A device is written to as it is, and not replaced by a file.
func TestADeviceIsNotReplaced(t *testing.T) {
	_, _, out := run(t, "--only", newPerson)
	for _, args := range [][]string{{"report", "render", "--json", os.DevNull, out}, {"report", "render", "--junit", os.DevNull, out}, {"report", "normalize", "-o", os.DevNull, out}} {
		if got := command(t, args...); got.code != 0 {
			t.Errorf("%v: exit code %d\n%s", args, got.code, got.err)
		}
		if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
			t.Fatalf("%v replaced it: %v", args, err)
		}
	}
}
