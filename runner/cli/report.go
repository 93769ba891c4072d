package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

// newReport groups the commands that work on the reports of runs.
func newReport(s Streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "report COMMAND",
		Short: "Work on the reports of runs",
		Long: `report holds the commands that work on the reports of runs that have ended.
They send nothing. A REPORT is a report.json or an events.jsonl.`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError(fmt.Errorf("unknown command %q for %q\nRun '%s --help' for the commands", args[0], c.CommandPath(), c.CommandPath()))
			}
			return nil
		},
		RunE:                  func(c *cobra.Command, _ []string) error { return c.Help() },
		DisableFlagsInUseLine: true,
	}
	c.AddCommand(newReportMerge(s), newReportRender(s), newReportNormalize(s), newReportKnown(s))
	return c
}
