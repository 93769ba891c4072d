package cli_test

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
)

// A file system that takes no more than so many blocks of a file stands for a disk
// that is full: what is written fails in the middle, whatever is written.
func TestADiskThatFillsUpIsNeverGreen(t *testing.T) {
	for _, blocks := range []int{2, 60, 150, 400} {
		t.Run(fmt.Sprintf("%d blocks", blocks), func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "out")
			script := fmt.Sprintf(`ulimit -f %d && trap '' XFSZ && exec "$0" "$@"`, blocks)
			c := exec.Command("sh", "-c", script, program(t), "run", "--sandbox", "--only", "imses/person/create", "--out", out)
			var said strings.Builder
			c.Stdout, c.Stderr = &said, &said
			err := c.Run()
			var ended *exec.ExitError
			if !errors.As(err, &ended) {
				t.Fatalf("%v\n%s", err, said.String())
			}
			want := reports.ExitInconclusive
			if blocks == 2 { // nothing can be unpacked, and nothing is sent
				want = reports.ExitUsage
			}
			got := outcome{code: ended.ExitCode(), err: said.String()}
			checkHidden(t, way{code: want, says: "file too large"}, got, out)
		})
	}
}
