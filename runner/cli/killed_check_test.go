package cli_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/jsonl"
)

// What a killed run left.
const (
	nothingLeft = "nothing" // no whole header
	cutShort    = "cut short"
	wholeLeft   = "whole" // with a footer
)

// autopsy examines what a killed run left in its output folder.
type autopsy struct {
	t        *testing.T
	what     string
	out      string
	rendered string // where its reports are rendered to
}

// left is what the events say, read line by line without the help of the reader.
type left struct {
	planned []string
	results map[string]reports.Result
	footer  bool
}

func (k autopsy) errorf(format string, args ...any) {
	k.t.Helper()
	k.t.Errorf(k.what+": "+format, args...)
}

// check renders every format and compares each with the events.
func (k autopsy) check() string {
	k.t.Helper()
	k.checkOwnReports()
	path := func(name string) string { return filepath.Join(k.rendered, name) }
	args := []string{"report", "render", "--html", path("h.html"), "--markdown", path("m.md"), "--json", path("r.json"), "--junit", path("j-strict.xml"), k.out}
	got := command(k.t, append(args[:len(args)-1:len(args)-1], filepath.Join(k.out, "events.jsonl"))...)
	events, begun := k.events()
	if !begun {
		if _, err := os.Stat(path("j-strict.xml")); got.code != reports.ExitUsage || !os.IsNotExist(err) {
			k.errorf("there are no events, and render ended with %d: %s", got.code, got.err)
		}
		return nothingLeft
	}
	if got.code != 0 {
		k.errorf("render ended with %d: %s", got.code, got.err)
		return ""
	}
	report := k.checkJSON(path("r.json"), events)
	k.checkPage(path("h.html"), report)
	k.checkSummary(path("m.md"), report)
	for _, dialect := range []string{"strict", "surefire", "extended"} {
		file := path("j-" + dialect + ".xml")
		if got := command(k.t, "report", "render", "--junit", file, "--junit-dialect", dialect, k.out); got.code != 0 {
			k.errorf("render in the dialect %s ended with %d: %s", dialect, got.code, got.err)
		}
		k.checkJUnit(file, dialect, report)
	}
	if events.footer {
		return wholeLeft
	}
	return cutShort
}

// events reads the events; begun says whether there is a whole header.
func (k autopsy) events() (found left, begun bool) {
	k.t.Helper()
	data, err := os.ReadFile(filepath.Join(k.out, "events.jsonl"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		k.t.Fatal(err)
	}
	found.results = map[string]reports.Result{}
	for line := range bytes.Lines(data) {
		if !bytes.HasSuffix(line, []byte("\n")) {
			break // cut off
		}
		var event struct {
			Event string
			Cases []struct{ ID string }
			reports.Result
		}
		if err := json.Unmarshal(line, &event); err != nil {
			k.errorf("a whole line of the events: %v", err)
		}
		switch event.Event {
		case "header":
			begun = true
			for _, c := range event.Cases {
				found.planned = append(found.planned, c.ID)
			}
		case "result":
			found.results[event.ID] = event.Result
		case "footer":
			found.footer = true
		}
	}
	slices.Sort(found.planned)
	return found, begun
}

// checkJSON compares report.json with the events.
func (k autopsy) checkJSON(path string, events left) reports.Report {
	k.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		k.t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		k.t.Fatal(err)
	}
	if err := schema(k.t, "report.schema.json").Validate(value); err != nil {
		k.errorf("report.json: %v", err)
	}
	report, err := jsonl.ReadReport(path)
	if err != nil {
		k.t.Fatal(err)
	}
	if report.Complete != events.footer || !report.Complete && report.Verdict != reports.Inconclusive {
		k.errorf("footer %v, but complete %v: %s", events.footer, report.Complete, report.Reason)
	}
	if diff := cmp.Diff(events.planned, ids(report)); diff != "" {
		k.errorf("cases (-planned +reported)\n%s", diff)
	}
	for _, r := range report.Scenarios {
		want, there := events.results[r.ID]
		if !there && r.Verdict != reports.NotRun {
			k.errorf("%s has no result and is %s", r.ID, r.Verdict)
		}
		if diff := cmp.Diff(want.Normalise(), r); there && diff != "" {
			k.errorf("%s (-event +report)\n%s", r.ID, diff)
		}
	}
	return report
}

// checkPage says that the page is whole, names every case, and is marked.
func (k autopsy) checkPage(path string, report reports.Report) {
	k.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		k.t.Fatal(err)
	}
	page := string(data)
	if !strings.HasSuffix(strings.TrimSpace(page), "</html>") {
		k.errorf("the page has no end")
	}
	for _, r := range report.Scenarios {
		if !strings.Contains(page, `id="`+r.ID+`"`) {
			k.errorf("%s is not in the page", r.ID)
		}
	}
	if strings.Contains(page, "The run is not complete.") == report.Complete {
		k.errorf("complete %v is not said by the page", report.Complete)
	}
}

func (k autopsy) checkSummary(path string, report reports.Report) {
	k.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		k.t.Fatal(err)
	}
	if strings.Contains(string(data), "the run is not complete") == report.Complete {
		k.errorf("complete %v is not said by the summary:\n%s", report.Complete, data)
	}
}

// junitSuite is what is read of JUnit XML here.
type junitSuite struct {
	Properties []struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	} `xml:"properties>property"`
	Cases []struct {
		Classname string    `xml:"classname,attr"`
		Name      string    `xml:"name,attr"`
		Skipped   *struct{} `xml:"skipped"`
		Failure   *struct{} `xml:"failure"`
		Error     *struct{} `xml:"error"`
	} `xml:"testcase"`
	Suites []junitSuite `xml:"testsuite"`
}

// checkJUnit validates a file and compares its cases and their verdicts with the report.
func (k autopsy) checkJUnit(path, dialect string, report reports.Report) {
	k.t.Helper()
	if output, err := exec.Command("xmllint", "--noout", "--schema", "../../reports/junit/"+dialect+".xsd", path).CombinedOutput(); err != nil {
		k.errorf("%s: %v\n%.2000s", dialect, err, output)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		k.t.Fatal(err)
	}
	var root junitSuite
	if err := xml.Unmarshal(data, &root); err != nil {
		k.t.Fatal(err)
	}
	found, marked := map[string]string{}, true
	for _, suite := range append(root.Suites, root) {
		for _, c := range suite.Cases {
			found[c.Classname+"/"+c.Name] = element(c.Skipped, c.Failure, c.Error)
		}
		for _, p := range suite.Properties {
			if p.Name == "complete" {
				marked = marked && p.Value == map[bool]string{true: "true", false: "false"}[report.Complete]
			}
		}
	}
	want := map[string]string{}
	for _, r := range report.Scenarios {
		want[r.ID] = map[reports.Verdict]string{reports.Failed: "failure", reports.Error: "error", reports.NotRun: "skipped", reports.Skipped: "skipped"}[r.Verdict]
	}
	if diff := cmp.Diff(want, found); diff != "" || !marked || !strings.Contains(string(data), `name="complete"`) {
		k.errorf("%s: marked %v (-report +junit)\n%s", dialect, marked, diff)
	}
}

func element(skipped, failure, failed *struct{}) string {
	switch {
	case failure != nil:
		return "failure"
	case failed != nil:
		return "error"
	case skipped != nil:
		return "skipped"
	}
	return ""
}

// checkOwnReports says that each report that the run wrote itself is whole.
func (k autopsy) checkOwnReports() {
	k.t.Helper()
	path := func(name string) string { return filepath.Join(k.out, name) }
	exists := func(name string) bool {
		_, err := os.Stat(path(name))
		return err == nil
	}
	if exists("report.json") {
		if _, err := jsonl.ReadReport(path("report.json")); err != nil {
			k.errorf("%v", err)
		}
	}
	if exists("junit.xml") {
		if output, err := exec.Command("xmllint", "--noout", "--schema", "../../reports/junit/strict.xsd", path("junit.xml")).CombinedOutput(); err != nil {
			k.errorf("its junit.xml: %v\n%.2000s", err, output)
		}
	}
	if data, err := os.ReadFile(path("report.html")); err == nil && !bytes.HasSuffix(bytes.TrimSpace(data), []byte("</html>")) {
		k.errorf("its report.html has no end")
	}
}
