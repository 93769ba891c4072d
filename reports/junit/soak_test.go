package junit_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"esconform/reports/hostile"
	"esconform/reports/junit"
)

// largestBatch is the number of results of a generated report at most.
const largestBatch = 5_000

// TestGeneratedHostileResultsAreValidInAllDialects writes as many generated results as
// ESCONFORM_HOSTILE says (100,000 for the full size) in each dialect and validates all
// files with its schema.
func TestGeneratedHostileResultsAreValidInAllDialects(t *testing.T) {
	total := 2_000
	if s := os.Getenv("ESCONFORM_HOSTILE"); s != "" {
		var err error
		if total, err = strconv.Atoi(s); err != nil {
			t.Fatalf("ESCONFORM_HOSTILE: %v", err)
		}
	}
	begun, sum := time.Now(), map[junit.Dialect]*soaked{}
	batch := min(largestBatch, (total+1)/2)
	for done := 0; done < total; done += batch {
		cases := min(batch, total-done)
		options := []hostile.Option{hostile.Huge(5_000_000)}
		if done/batch%2 == 1 {
			options = append(options, hostile.VendorIDs())
		}
		report := hostile.Report(rand.New(rand.NewPCG(uint64(done), 4)), cases, options...)
		for _, d := range junit.Dialects() {
			if sum[d] == nil {
				sum[d] = &soaked{dir: t.TempDir()}
			}
			sum[d].write(t, render(t, report, d))
		}
	}
	for _, d := range junit.Dialects() {
		s := sum[d]
		if output, err := lintFiles(d, s.files); err != nil {
			t.Errorf("%s: xmllint: %v\n%.5000s", d, err, output)
			continue
		}
		if s.cases != total {
			t.Errorf("%s: %d cases of %d results", d, s.cases, total)
		}
		t.Logf("%s: %d generated results, %d files, %d bytes, 0 schema errors", d, s.cases, len(s.files), s.bytes)
	}
	t.Logf("%d results in each of %d dialects after %s", total, len(sum), time.Since(begun).Round(time.Second))
}

// soaked is what was written in a dialect.
type soaked struct {
	dir          string
	files        []string
	cases, bytes int
}

func (s *soaked) write(t *testing.T, files [][]byte) {
	t.Helper()
	for _, text := range files {
		name := filepath.Join(s.dir, strconv.Itoa(len(s.files))+".xml")
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s.files, s.bytes, s.cases = append(s.files, name), s.bytes+len(text), s.cases+bytes.Count(text, []byte("<testcase "))
	}
}
