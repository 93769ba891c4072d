package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"esconform/reports"
	"esconform/reports/jsonl"
)

func newReportNormalize(s Streams) *cobra.Command {
	var out string
	var list bool
	c := &cobra.Command{
		Use:   "normalize REPORT",
		Short: "Print a report without what differs from run to run",
		Long: `normalize prints a report as JSON without its volatile fields: times, the id of
the run, addresses. Reports of two runs are the same then, byte for byte, unless
the endpoint behaved in another way; 'esconform diff' tells in what.

A REPORT is a report.json, an events.jsonl, or the folder that holds them.
Normalizing twice changes nothing.

Exit codes: 0 printed, whatever the verdict is; 2 the report cannot be read;
3 the result cannot be written.`,
		Example: `  esconform report normalize out/report.json
  esconform report normalize out -o normal.json
  esconform report normalize --list`,
		Args: func(c *cobra.Command, args []string) error {
			if list {
				return cobra.NoArgs(c, args)
			}
			return cobra.ExactArgs(1)(c, args)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if list {
				return listVolatile(s)
			}
			run, err := readRecorded(args[0])
			if err != nil {
				return err
			}
			normal := reports.Normalise(run.report)
			return unwritable(writeTo(s, out, func(w io.Writer) error { return jsonl.Report(w, normal) }))
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "-", "write to this `FILE`; - is standard output")
	c.Flags().BoolVar(&list, "list", false, "print which fields are volatile, and why")
	return c
}

// listVolatile prints the fields that normalize removes.
func listVolatile(s Streams) error {
	for _, field := range reports.Volatile() {
		if _, err := fmt.Fprintf(s.Out, "%s\n    %s\n", field.Path, field.Why); err != nil {
			return unwritable(fmt.Errorf("print the list: %w", err))
		}
	}
	return nil
}
