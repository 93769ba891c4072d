package cli_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"testing"
)

// killedSelection is what the killed runs run: some forty cases, slowly enough for a
// kill to find them at it.
var killedSelection = []string{"--sandbox", "--rate", "600", "--only", "imses/person/create", "--only", "imses/person/update", "--only", "imses/membership/create"}

// moment is a point of a run: when that file of its output folder is there and has
// that many bytes.
type moment struct {
	file  string
	size  int64
	begun bool // the run has begun by then: it has named its cases in the events
}

// moments draws n moments of a run like the whole one, most of them among its results,
// the others while its reports are written; and a tenth as many from before it begins.
func moments(t *testing.T, whole string, n int) []moment {
	t.Helper()
	random := rand.New(rand.NewPCG(200, uint64(n)))
	files := []string{"events.jsonl", "events.jsonl", "events.jsonl", "evidence/exchanges.jsonl", "ledger.jsonl",
		"report.json", "junit.xml", "report.html"}
	early := []string{".", "ledger.jsonl", "evidence", "events.jsonl"}
	var all []moment
	for i := range n {
		m := moment{file: files[random.IntN(len(files))], begun: true}
		if i < len(files) {
			m.file = files[i] // a few kills find different moments, too
		}
		info, err := os.Stat(filepath.Join(whole, m.file))
		if err != nil {
			t.Fatal(err)
		}
		switch m.file {
		case "events.jsonl", "ledger.jsonl": // after the header, which is most of the events
			header := firstLine(t, filepath.Join(whole, m.file))
			m.size = header + 1 + random.Int64N(info.Size()-header)
		case "evidence/exchanges.jsonl":
			m.size = 1 + random.Int64N(info.Size())
		}
		all = append(all, m)
	}
	for range (n + 9) / 10 {
		all = append(all, moment{file: early[random.IntN(len(early))]})
	}
	return all
}

// firstLine is the length of the first line of a file.
func firstLine(t *testing.T, path string) int64 {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range data {
		if b == '\n' {
			return int64(i + 1)
		}
	}
	t.Fatalf("%s has no line", path)
	return 0
}

// kill starts a run and kills it at a moment, or lets it end when that never comes.
func kill(t *testing.T, out string, m moment) {
	t.Helper()
	c := exec.Command(program(t), append([]string{"run", "--out", out}, killedSelection...)...)
	c.Env = append(os.Environ(), "TMPDIR="+filepath.Dir(out)) // what a killed run leaves there goes with the test
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = c.Wait() // a killed process has no good end
		close(ended)
	}()
	path := filepath.Join(out, filepath.FromSlash(m.file))
	for {
		select {
		case <-ended:
			return
		default:
		}
		if info, err := os.Stat(path); err == nil && info.Size() >= m.size {
			if err := c.Process.Signal(syscall.SIGKILL); err != nil && err != os.ErrProcessDone {
				t.Fatal(err)
			}
			<-ended
			return
		}
		runtime.Gosched()
	}
}

func TestARunThatIsKilledLeavesEventsThatRender(t *testing.T) {
	n := sized(t, "ESCONFORM_KILLS", 4)
	whole := filepath.Join(t.TempDir(), "whole")
	if got := command(t, append([]string{"run", "--out", whole}, killedSelection...)...); got.code != 0 {
		t.Fatalf("the whole run: exit code %d\n%s", got.code, got.err)
	}
	seen := map[string]int{}
	for i, m := range moments(t, whole, n) {
		dir, err := os.MkdirTemp(t.TempDir(), "killed-*")
		if err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, "out")
		kill(t, out, m)
		k := autopsy{t: t, what: "kill " + strconv.Itoa(i) + " at " + m.file + ":" + strconv.FormatInt(m.size, 10), out: out, rendered: dir}
		what := k.check()
		if seen[what]++; m.begun && what == nothingLeft {
			t.Errorf("%s: the run had begun, and left no events", k.what)
		}
		if t.Failed() {
			t.Fatalf("%s: what it left is not as it should be", k.what)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills of runs that had begun, and %d before: %d left no events, %d left the events of a part, %d those of all",
		n, (n+9)/10, seen[nothingLeft], seen[cutShort], seen[wholeLeft])
	if n >= 100 && (seen[cutShort] < n/2 || seen[nothingLeft] == 0) {
		t.Errorf("%v: the kills do not find the moments they are meant for", seen)
	}
}
