package runner_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/sync/errgroup"

	"esconform/fixtures"
	"esconform/runner"
	"esconform/runner/exchange"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// The paired benchmarks compare a fully judged exchange (request built, sent over
// loopback, both envelopes validated, response compared, recorded) with a bare Go
// client that posts and reads the same bytes: the median of five alternating pairs
// at the same concurrency (ruling 23).
const (
	pairs           = 5
	exchangesOfOne  = 4000 // in one measurement
	pairConcurrency = 8
	benchPerson     = "esconform-bench-person"
)

// BenchmarkPairedSandbox measures against a sandbox in a process of its own.
func BenchmarkPairedSandbox(b *testing.B) {
	target := startSandbox(b)
	storePerson(b, target)
	comparePairs(b, target)
}

// BenchmarkPairedMemory measures against a handler that answers from memory, where
// nearly all of the time is our own.
func BenchmarkPairedMemory(b *testing.B) {
	target := startSandbox(b)
	storePerson(b, target)
	answer := recordAnswer(b, target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		_, _ = w.Write(bytes.ReplaceAll(answer, []byte("MESSAGE-ID"), messageID.FindSubmatch(body)[1]))
	}))
	b.Cleanup(server.Close)
	target.BaseURL = server.URL
	comparePairs(b, target)
}

var messageID = regexp.MustCompile(`messageIdentifier>([^<]*)<`)

// comparePairs reports both rates and their ratio.
func comparePairs(b *testing.B, target profile.Target) {
	r := benchRig(b)
	request := r.request(b, target)
	var judgedRates, bareRates, ratios []float64
	for b.Loop() {
		for range pairs {
			judged := rate(func() { r.judgedExchanges(b, target) })
			bare := rate(func() { bareExchanges(b, target, request) })
			judgedRates, bareRates, ratios = append(judgedRates, judged), append(bareRates, bare), append(ratios, judged/bare)
		}
	}
	b.ReportMetric(median(judgedRates), "judged/s")
	b.ReportMetric(median(bareRates), "bare/s")
	b.ReportMetric(median(ratios), "judged/bare")
	b.ReportMetric(0, "ns/op")
}

func rate(work func()) float64 {
	start := time.Now()
	work()
	return exchangesOfOne / time.Since(start).Seconds()
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// benchRig has one scenario, with as many cases as a measurement has exchanges.
func benchRig(b *testing.B) *rig {
	var cases strings.Builder
	for i := range exchangesOfOne {
		fmt.Fprintf(&cases, "  - { name: n%d, n: \"%d\" }\n", i, i)
	}
	files := fstest.MapFS{
		"imses/bench/read/scenario.yaml": {Data: []byte(benchScenario + cases.String())},
		"imses/bench/read/read.xml":      {Data: []byte(benchRequest)},
	}
	r := newRig(b)
	library, err := scenario.Load(b.Context(), fixtures.Files(), files)
	if err != nil {
		b.Fatal(err)
	}
	sc, ok := library.Scenario("imses/bench/read")
	if !ok {
		b.Fatal("the scenario of the benchmark is not in the library")
	}
	library.Scenarios = []scenario.Scenario{sc}
	r.library, r.files = library, scenario.Overlay(fixtures.Files(), files)
	return r
}

// judgedExchanges runs every case of the scenario as `run` does, with its files.
func (r *rig) judgedExchanges(b *testing.B, target profile.Target) {
	p, err := plan.Select(target, r.library, plan.Selection{})
	if err != nil {
		b.Fatal(err)
	}
	out := b.TempDir()
	l, err := ledger.Create(filepath.Join(out, "ledger.jsonl"), ledger.Header{Run: "bench", Target: target.BaseURL})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	executor, err := exchange.New(exchange.Options{Plan: p, Validator: r.validator, Ledger: l, Files: r.files,
		EvidenceDir: filepath.Join(out, runner.EvidenceDir)})
	if err != nil {
		b.Fatal(err)
	}
	defer executor.Close()
	report, err := runner.Run(b.Context(), runner.Config{Library: r.library, Plan: p, Executor: executor, Judge: r.judge, OutDir: out, RunID: "bench"})
	if err != nil || report.Counts.Passed != exchangesOfOne {
		b.Fatalf("%v: %s (%d passed, want %d)", err, report.Reason, report.Counts.Passed, exchangesOfOne)
	}
}

// request is the request of the scenario as it is sent.
func (r *rig) request(b *testing.B, target profile.Target) []byte {
	site := target.Sites[0]
	token := fmt.Sprintf(`<w:Security xmlns:w=%q><w:UsernameToken><w:Username>%s</w:Username><w:Password Type=%q>%s</w:Password></w:UsernameToken></w:Security></soapenv:Header>`,
		wire.NSWsse, site.Credentials.Username, wire.PasswordText, site.Credentials.Password.Reveal())
	return []byte(strings.Replace(strings.Replace(benchRequest, "</soapenv:Header>", token, 1), ">Person<", ">"+benchPerson+"<", 1))
}

// bareExchanges posts the bytes and reads the answers, and does nothing else.
func bareExchanges(b *testing.B, target profile.Target, request []byte) {
	transport := &http.Transport{MaxIdleConnsPerHost: pairConcurrency}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var group errgroup.Group
	for range pairConcurrency {
		group.Go(func() error {
			for range exchangesOfOne / pairConcurrency {
				if _, err := post(b.Context(), client, target, "readPerson", request); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
}

func post(ctx context.Context, client *http.Client, target profile.Target, operation string, body []byte) ([]byte, error) {
	o, _ := wire.Lookup(operation)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target.ServiceURL(wire.CombinedPort, false), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "text/xml; charset=utf-8")
	request.Header.Set("SOAPAction", `"`+o.Action+`"`)
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered HTTP %d: %s", operation, response.StatusCode, data)
	}
	return data, err
}

// storePerson stores the person that the benchmarks read.
func storePerson(b *testing.B, target profile.Target) {
	r := &rig{}
	body := bytes.ReplaceAll(r.request(b, target), []byte("readPersonRequest"), []byte("createPersonRequest"))
	body = bytes.Replace(body, []byte("</p:sourcedId>"), []byte("</p:sourcedId>"+benchPersonData), 1)
	if _, err := post(b.Context(), http.DefaultClient, target, "createPerson", body); err != nil {
		b.Fatal(err)
	}
}

// recordAnswer reads the person once; the message identifier becomes a placeholder.
func recordAnswer(b *testing.B, target profile.Target) []byte {
	r := &rig{}
	answer, err := post(b.Context(), http.DefaultClient, target, "readPerson", r.request(b, target))
	if err != nil {
		b.Fatal(err)
	}
	if !bytes.Contains(answer, []byte(">bench<")) {
		b.Fatalf("the answer does not echo the message identifier: %s", answer)
	}
	return bytes.ReplaceAll(answer, []byte(">bench<"), []byte(">MESSAGE-ID<"))
}
