package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageWidth is the width of help texts, in columns.
const usageWidth = 80

// groupKey annotates a flag with the heading that it stands under.
const groupKey = "group"

// group puts the flags that register adds under a heading of their own.
func group(c *cobra.Command, heading string, register func(*pflag.FlagSet)) {
	flags := pflag.NewFlagSet(heading, pflag.ContinueOnError)
	flags.SortFlags = false
	register(flags)
	flags.VisitAll(func(f *pflag.Flag) { f.Annotations = map[string][]string{groupKey: {heading}} })
	c.Flags().AddFlagSet(flags)
}

// printUsage prints how a command is called, its flags by heading in the order in
// which they were registered, no line wider than usageWidth.
func printUsage(c *cobra.Command) error {
	w := c.OutOrStderr()
	fmt.Fprintf(w, "Usage:\n  %s\n", c.UseLine())
	if c.HasExample() {
		fmt.Fprintf(w, "\nExamples:\n%s\n", c.Example)
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\nCommands:\n")
		widest := 9
		for _, sub := range c.Commands() {
			widest = max(widest, len(sub.Name()))
		}
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(w, "  %-*s  %s\n", widest, sub.Name(), sub.Short)
			}
		}
	}
	printFlags(w, c)
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\n'%s COMMAND --help' explains a command.\n", c.CommandPath())
	}
	return nil
}

func printFlags(w io.Writer, c *cobra.Command) {
	var headings []string
	sets := map[string]*pflag.FlagSet{}
	c.Flags().SortFlags = false
	c.Flags().VisitAll(func(f *pflag.Flag) {
		heading := "Flags"
		if g := f.Annotations[groupKey]; len(g) > 0 {
			heading = g[0]
		}
		if sets[heading] == nil {
			sets[heading] = pflag.NewFlagSet(heading, pflag.ContinueOnError)
			sets[heading].SortFlags = false
			headings = append(headings, heading)
		}
		sets[heading].AddFlag(f)
	})
	for _, heading := range headings {
		usages := strings.TrimRight(sets[heading].FlagUsagesWrapped(usageWidth), "\n")
		fmt.Fprintf(w, "\n%s:\n%s\n", heading, usages)
	}
}
