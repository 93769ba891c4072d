package html_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/html"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// own are the style and the scripts of the page.
var own = regexp.MustCompile(`(?s)<(style|script)>(.*?)</(style|script)>`)

func page(t *testing.T, r reports.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := html.Write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestThePageOfARun compares everything but the style, the scripts and their hashes.
func TestThePageOfARun(t *testing.T) {
	got := own.ReplaceAllString(page(t, sample()), "<$1>…</$1>")
	got = regexp.MustCompile(`sha256-[^&]*&`).ReplaceAllString(got, "sha256-…&")
	path := filepath.Join("testdata", "page.html")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestNothingRunsButWhatThePolicyNames(t *testing.T) {
	got := page(t, sample())
	policy, body, _ := strings.Cut(got[strings.Index(got, `Content-Security-Policy`):], "\n")
	for _, needed := range []string{"default-src &#39;none&#39;", "base-uri &#39;none&#39;", "form-action &#39;none&#39;", "require-trusted-types-for &#39;script&#39;"} {
		if !strings.Contains(policy, needed) {
			t.Errorf("the policy does not say %s", needed)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "data:") {
		t.Errorf("the policy allows too much: %s", policy)
	}
	inline := own.FindAllStringSubmatch(got, -1)
	if len(inline) != 3 {
		t.Errorf("%d styles and scripts, want 3", len(inline))
	}
	for _, part := range inline {
		sum := sha256.Sum256([]byte(part[2]))
		if hash := base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(policy, strings.ReplaceAll(hash, "&", "&amp;")) {
			t.Errorf("the hash of a %s is not in the policy", part[1])
		}
	}
	markup := own.ReplaceAllString(body, "")
	if found := regexp.MustCompile(`<[^>]*\s(style|on[a-z]+|src|srcset|action)=`).FindString(markup); found != "" {
		t.Errorf("the policy would refuse %s", found)
	}
}

func TestAHoleIsNeverLeftOpen(t *testing.T) {
	if i := strings.Index(own.ReplaceAllString(page(t, sample()), ""), "{}"); i >= 0 {
		t.Errorf("a value is missing at byte %d", i)
	}
}

func TestAnEmptyReportIsAPage(t *testing.T) {
	got := page(t, reports.Summarise(reports.Report{Complete: true}))
	for _, part := range []string{"nothing was tested, because no scenario was selected", "No scenario was selected.", "The report names no requirement."} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is missing", part)
		}
	}
}

func TestTheArgumentIsNotChanged(t *testing.T) {
	given := sample()
	page(t, given)
	if diff := cmp.Diff(sample(), given); diff != "" {
		t.Errorf("- before + after\n%s", diff)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestAFileThatCannotBeWrittenIsAnError(t *testing.T) {
	if err := html.Write(full{}, sample()); err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("error %v", err)
	}
}
