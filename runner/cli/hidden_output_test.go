package cli_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"esconform/runner/sandbox"
)

// meddling is a sandbox in the way of which something happens to the output folder
// while it is asked for the first time.
func meddling(t *testing.T, meddle func()) []string {
	t.Helper()
	var once sync.Once
	p := newPeerBehind(t, func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		once.Do(meddle)
		next.ServeHTTP(w, r)
	})
	return []string{"--endpoint", p.URL, "--username", "u", "--password-file", p.password, "--only", newPerson}
}

// newPeerBehind is a sandbox with something in front of it.
func newPeerBehind(t *testing.T, front func(http.ResponseWriter, *http.Request, http.Handler)) *peer {
	t.Helper()
	server, err := sandbox.New(t.Context(), sandbox.Options{Username: "u", Password: "a word of the sandbox"})
	if err != nil {
		t.Fatal(err)
	}
	p := &peer{password: file(t, "password", "a word of the sandbox")}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { front(w, r, server.Handler()) }))
	t.Cleanup(func() {
		p.Close()
		_ = server.Close()
	})
	return p
}

// blocked puts a folder with something in it where a report is to be written.
func blocked(name string) func(*testing.T, string) []string {
	return func(t *testing.T, dir string) []string {
		return meddling(t, func() { put(t, dir, "out/"+name+"/x", "x") })
	}
}

func waysOfOutput() []way {
	all := []way{
		{name: "an output folder below a file", args: func(t *testing.T, dir string) []string {
			return sandboxed("--out", filepath.Join(put(t, dir, "file", "x"), "out"))
		}, code: 2, says: "make the output folder"},
		{name: "an output folder that is a file", args: func(t *testing.T, dir string) []string { return sandboxed("--out", put(t, dir, "file", "x")) }, code: 2, says: "make the output folder"},
		{name: "an output folder that is a device", args: plain(sandboxed("--out", "/dev/full")...), code: 2, says: "make the output folder"},
		{name: "a folder named as the report", args: func(t *testing.T, dir string) []string {
			put(t, dir, "out/report.json/x", "x")
			return sandboxed()
		}, code: 2, says: "report.json"},
		{name: "a folder named as the ledger", args: func(t *testing.T, dir string) []string {
			put(t, dir, "out/ledger.jsonl/x", "x")
			return sandboxed()
		}, code: 2, says: "ledger"},
		{name: "evidence of somebody else", args: func(t *testing.T, dir string) []string {
			put(t, dir, "out/evidence/thesis.doc", "x")
			return sandboxed()
		}, code: 2, says: "choose another --out"},
		{name: "objects of an earlier run", args: func(t *testing.T, dir string) []string {
			put(t, dir, "out/ledger.jsonl", `{"event":"header"}`+"\nnonsense\n")
			return sandboxed()
		}, code: 2, says: "ledger of the earlier run"},
		{name: "a bundle that nobody signs", args: func(t *testing.T, dir string) []string {
			return sandboxed("--bundle", filepath.Join(dir, "b.zip"))
		}, code: 2, says: "--bundle goes with --sign-key"},
		cancelledWhile(),
		{name: "the time was up", args: func(t *testing.T, _ string) []string {
			p := newPeer(t, false)
			return []string{"--endpoint", p.URL, "--username", "u", "--password-file", p.password, "--only", "imses/person/create", "--rate", "5", "--max-duration", "400ms"}
		}, code: 3, says: "--max-duration"},
	}
	for _, name := range []string{"junit.xml", "summary.md", "report.html", "report.json"} {
		all = append(all, way{name: name + " cannot be written", args: blocked(name), code: 3, says: name})
	}
	return all
}

// cancelledWhile is a run that is interrupted while its first request is answered.
func cancelledWhile() way {
	var stop context.CancelFunc
	return way{name: "cancelled while it ran", code: 130, says: "the run was interrupted",
		args: func(t *testing.T, _ string) []string { return meddling(t, func() { stop() }) },
		ctx: func(ctx context.Context) context.Context {
			ctx, stop = context.WithCancel(ctx)
			return ctx
		}}
}

// A report that cannot be written keeps the others from being green, not from being.
func TestTheOtherReportsAreWrittenAndSayThatSomethingIsMissing(t *testing.T) {
	for _, name := range []string{"junit.xml", "summary.md", "report.html"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			got := command(t, append(append([]string{"run"}, blocked(name)(t, dir)...), "--out", filepath.Join(dir, "out"))...)
			for _, other := range []string{"junit.xml", "summary.md", "report.html", "report.json", "events.jsonl"} {
				data, err := os.ReadFile(filepath.Join(dir, "out", other))
				if other != name && (err != nil || len(data) == 0) {
					t.Errorf("%s: %v", other, err)
				}
			}
			if got.code != 3 {
				t.Errorf("exit code %d\n%s", got.code, got.err)
			}
		})
	}
}
