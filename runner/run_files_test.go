package runner_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner"
	"esconform/runner/evidence"
	"esconform/runner/plan"
)

func TestARunWhoseFilesCannotBeWrittenIsNotGreen(t *testing.T) {
	p := planOf("a", "b")
	for name, test := range map[string]struct {
		spoil func(t *testing.T, c *runner.Config)
		want  map[string]string
	}{
		"the output folder is a file": {
			func(t *testing.T, c *runner.Config) {
				if err := os.WriteFile(c.OutDir, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}, nil,
		},
		"events.jsonl is a folder": {
			func(t *testing.T, c *runner.Config) {
				if err := os.MkdirAll(filepath.Join(c.OutDir, runner.EventsFile), 0o700); err != nil {
					t.Fatal(err)
				}
			}, nil,
		},
		"the folder is gone when the report is written": {
			func(t *testing.T, c *runner.Config) {
				c.Cleanup = func(context.Context) ([]string, error) { return nil, os.RemoveAll(c.OutDir) }
			}, map[string]string{"a": "passed", "b": "passed"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := config(t, p, all(p))
			test.spoil(t, &c)
			r, err := runner.Run(t.Context(), c)
			var path *fs.PathError
			if !errors.As(err, &path) {
				t.Fatalf("the error is %v", err)
			}
			if code := reports.ExitCode(r); code != reports.ExitInconclusive {
				t.Errorf("exit code %d: %s", code, r.Reason)
			}
			want := test.want
			if want == nil {
				want = map[string]string{"a": "not-run: " + err.Error(), "b": "not-run: " + err.Error()}
			}
			if diff := cmp.Diff(want, verdicts(r)); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

func TestAnEarlierReportIsGoneWhileTheRunGoesOn(t *testing.T) {
	p := planOf("a")
	c := config(t, p, all(p))
	if _, err := runner.Run(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	c.Executor = fake{execute: func(context.Context, func(plan.Item, evidence.Outcome)) error {
		if _, err := os.Stat(filepath.Join(c.OutDir, runner.ReportFile)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("report.json: %v", err)
		}
		return nil
	}}
	if _, err := runner.Run(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}
