package cli

import "github.com/spf13/cobra"

func newReportKnown(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:    "known-failures",
		Short:  "Check or update the list of known failures",
		Args:   cobra.NoArgs,
		Hidden: true, // until it works
	}
}
