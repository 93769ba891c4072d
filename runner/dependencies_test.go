package runner_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// table is the table of section 3 of the design: what a package may import of ours.
// What these import in turn it may name, too, because their types are part of what
// they offer (a plan is made of scenarios). Test files may import anything.
var table = map[string][]string{
	"fixtures":             nil,
	"xsd":                  nil,
	"xsd/contract":         {"runner/wire"},
	"runner/wire":          nil,
	"runner/xmltree":       nil,
	"reports":              nil,
	"reports/file":         nil,
	"reports/text":         {"reports"},
	"reports/baseline":     {"reports"},
	"reports/known":        {"reports"},
	"reports/changes":      {"reports"},
	"reports/merge":        {"reports"},
	"reports/jsonl":        {"reports", "reports/file"},
	"reports/bundle":       {"reports", "reports/jsonl", "runner/evidence"},
	"reports/hostile":      {"reports"}, // for tests only
	"reports/html":         {"reports", "reports/text"},
	"reports/junit":        {"reports", "reports/text"},
	"reports/certify":      {"reports"},
	"reports/markdown":     {"reports", "reports/text"},
	"reports/annotations":  {"reports", "reports/text"},
	"runner/certification": {"runner/scenario", "runner/wire", "reports/certify"},
	"runner/evidence":      {"runner/wire"},
	"xsd/validate":         {"xsd", "runner/wire"},
	"runner/profile":       {"runner/wire", "fixtures"},
	"runner/scenario":      {"runner/wire", "fixtures", "runner/xmltree", "xsd/validate"},
	"runner/plan":          {"runner/scenario", "runner/profile"},
	"runner/ledger":        {"runner/wire"},
	"runner/exchange":      {"runner/plan", "runner/profile", "runner/ledger", "runner/evidence", "runner/xmltree", "xsd/validate", "runner/wire"},
	"runner/judge":         {"runner/scenario", "runner/evidence", "runner/xmltree", "xsd/validate", "runner/wire", "reports"},
	"runner/responses":     {"runner/evidence", "runner/judge", "runner/xmltree", "runner/wire", "reports/changes"},
	"runner":               {"runner/plan", "runner/exchange", "runner/judge", "runner/ledger", "reports", "reports/jsonl"},
	"suites":               {"runner/plan", "reports", "reports/text"},
	"runner/sandbox":       {"runner/wire", "xsd"},
	"runner/cli":           {"runner", "suites", "runner/sandbox", "runner/certification", "reports/annotations", "reports/baseline", "reports/bundle", "reports/known", "reports/html", "reports/junit", "reports/markdown", "reports/merge", "reports/changes", "runner/responses"},
	"runner/cmd/esconform": {"runner/cli"},
}

const module = "esconform/"

// source is a package as `go list` tells.
type source struct {
	ImportPath string
	Dir        string
	Imports    []string // of its own files, tests left out
	Deps       []string // all that it reaches
}

// packages lists the packages of the module by their path below it.
func packages(t *testing.T) map[string]source {
	t.Helper()
	list := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,Imports,Deps", "./...")
	list.Dir, list.Stderr = "..", os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	own := make(map[string]source)
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p source
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return own
		} else if err != nil {
			t.Fatal(err)
		}
		name, ours := strings.CutPrefix(p.ImportPath, module)
		if !ours {
			continue
		}
		own[name] = p
		// The go command does not see what its child reads; this makes a cached
		// result of the test depend on the files of the package.
		if _, err := os.ReadDir(p.Dir); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPackagesImportWhatTheDesignSays(t *testing.T) {
	for name, p := range packages(t) {
		direct, listed := table[name]
		if !listed {
			t.Errorf("package %s is not in the table", name)
			continue
		}
		allowed := closure(direct)
		for _, path := range p.Imports {
			if other, ours := strings.CutPrefix(path, module); ours && !allowed[other] {
				t.Errorf("%s imports %s, which the table does not allow", name, other)
			}
		}
	}
}

// closure adds what packages may import in turn.
func closure(names []string) map[string]bool {
	all := make(map[string]bool)
	for _, name := range names {
		all[name] = true
		for other := range closure(table[name]) {
			all[other] = true
		}
	}
	return all
}

func TestTheExaminedSharesNothingWithTheExaminerButNamesAndSchemas(t *testing.T) {
	var reached []string
	for _, path := range packages(t)["runner/sandbox"].Deps {
		if name, ours := strings.CutPrefix(path, module); ours {
			reached = append(reached, name)
		}
	}
	slices.Sort(reached)
	if diff := cmp.Diff([]string{"runner/wire", "xsd"}, reached); diff != "" {
		t.Errorf("what the sandbox reaches: - wanted + got\n%s", diff)
	}
	for name, p := range packages(t) {
		if name != "runner/cli" && slices.Contains(p.Imports, module+"runner/sandbox") {
			t.Errorf("%s imports the sandbox", name)
		}
	}
}

func TestOnlySuitesImportGinkgo(t *testing.T) {
	for name, p := range packages(t) {
		for _, path := range p.Imports {
			if strings.HasPrefix(path, "github.com/onsi/") && name != "suites" {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}

// Judging is pure: what was received is data, not a connection.
func TestTheJudgeKnowsNoNetwork(t *testing.T) {
	for _, path := range packages(t)["runner/judge"].Imports {
		if path == "net" || strings.HasPrefix(path, "net/") && path != "net/url" {
			t.Errorf("judge imports %s", path)
		}
	}
}
