package cli_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/sandbox"
	"esconform/runner/wire"
)

// sized is the size of a test: that of an environment variable, which `make soak` sets,
// or a small one.
func sized(t *testing.T, variable string, small int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return small
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%q is no size of a test", variable, text)
	}
	return n
}

// TestACrowdedSiteIsJudgedAlikeAndLeftAlone runs all that one pair of credentials can
// against a site full of other people: the verdicts are those of an empty site, and
// afterwards the site holds exactly what it held, unchanged.
func TestACrowdedSiteIsJudgedAlikeAndLeftAlone(t *testing.T) {
	empty, full := newSite(t), newSite(t)
	n := sized(t, "ESCONFORM_CROWD", 2000)
	full.back.Store(int64(time.Hour)) // the others came before the run did
	full.fill(t, n)
	full.back.Store(0)
	before := full.digest(t)
	want, got := empty.verdicts(t), full.verdicts(t)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts on an empty and on a crowded site (-empty +crowded):\n%s", diff)
	}
	if after := full.digest(t); after != before {
		t.Error("the site does not hold what it held before")
	}
	t.Logf("%d cases, %d persons of others", len(got), n)
}

// site is a sandbox of which one pair of credentials is known.
type site struct {
	server   *sandbox.Server
	url      string
	password string        // file
	back     *atomic.Int64 // how far its clock is behind
}

func newSite(t *testing.T) site {
	t.Helper()
	back := new(atomic.Int64)
	server, err := sandbox.New(t.Context(), sandbox.Options{Username: "u", Password: "a word of the sandbox",
		Clock: func() time.Time { return time.Now().Add(-time.Duration(back.Load())) }})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(server.Handler())
	t.Cleanup(func() {
		s.Close()
		_ = server.Close()
	})
	return site{server, s.URL, file(t, "password", "a word of the sandbox"), back}
}

// verdicts runs against the endpoint and returns the verdict of each case.
func (s site) verdicts(t *testing.T) map[string]reports.Verdict {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, "run", "--endpoint", s.url, "--username", "u", "--password-file", s.password, "--out", out,
		"--feature", "readAllPersons", "--feature", "customStrings")
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatalf("%v\n%s", err, got.err)
	}
	all := map[string]reports.Verdict{}
	for _, r := range report.Scenarios {
		all[r.ID] = r.Verdict
	}
	return all
}

// fill stores persons, a thousand in a request.
func (s site) fill(t *testing.T, n int) {
	t.Helper()
	const most = 1000
	for from := 0; from < n; from += most {
		var b bytes.Buffer
		fmt.Fprintf(&b, `<s:Envelope xmlns:s=%q><s:Header><w:Security xmlns:w=%q><w:UsernameToken><w:Username>u</w:Username><w:Password>a word of the sandbox</w:Password></w:UsernameToken></w:Security></s:Header><s:Body><p:createPersonsRequest xmlns:p=%q xmlns:d=%q xmlns:c=%q><p:personIdPairSet>`,
			wire.NSSOAP, wire.NSWsse, wire.NSPmess, wire.NSPdata, wire.NSCommon)
		for i := from; i < min(n, from+most); i++ {
			fmt.Fprintf(&b, `<p:personIdPair><p:sourcedId><c:identifier>other-%d</c:identifier></p:sourcedId><p:person><d:name><d:partName><d:namePartType>First</d:namePartType><d:namePartValue>Other %d</d:namePartValue></d:partName><d:partName><d:namePartType>Last</d:namePartType><d:namePartValue>Person</d:namePartValue></d:partName></d:name><d:institutionRole><d:institutionRoleType>Student</d:institutionRoleType><d:primaryRoleType>true</d:primaryRoleType></d:institutionRole></p:person></p:personIdPair>`, i, i)
		}
		b.WriteString(`</p:personIdPairSet></p:createPersonsRequest></s:Body></s:Envelope>`)
		s.post(t.Context(), t, "createPersons", &b)
	}
}

func (s site) post(ctx context.Context, t *testing.T, operation string, body io.Reader) {
	t.Helper()
	o, _ := wire.Lookup(operation)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+wire.ServicePath(wire.CombinedPort), body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "text/xml; charset=utf-8")
	request.Header.Set("SOAPAction", `"`+o.Action+`"`)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK || bytes.Contains(answer, []byte(wire.CodeFailure)) {
		t.Fatalf("%s: HTTP %d, %v\n%.500s", operation, response.StatusCode, err, answer)
	}
}

// digest sums up all live objects of the site, with their fields.
func (s site) digest(t *testing.T) [sha256.Size]byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/control/sites/"+sandbox.SiteMain+"/objects", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.server.ControlToken())
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	h := sha256.New()
	n, err := io.Copy(h, response.Body)
	if err != nil || response.StatusCode != http.StatusOK || n < 1000 {
		t.Fatalf("%d bytes of objects: HTTP %d, %v", n, response.StatusCode, err)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
