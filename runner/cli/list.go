package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// listing is one kind of thing that `list` shows: its rows as JSON values and as
// columns for people.
type listing struct {
	name  string
	title string
	load  func(ctx context.Context, fixtures string) ([]listed, error)
}

// listed is one row.
type listed struct {
	value   any // what --json prints
	columns []string
}

func newList(s Streams) *cobra.Command {
	var asJSON bool
	var fixturesDir string
	kinds := listings()
	names := make([]string, len(kinds))
	var about strings.Builder
	for i, k := range kinds {
		names[i] = k.name
		fmt.Fprintf(&about, "  %-15s %s\n", k.name, k.title)
	}
	c := &cobra.Command{
		Use:       "list KIND",
		Short:     "List scenarios, requirements, deviations and more",
		Long:      "list prints what esconform knows, sorted by id. KIND is one of:\n\n" + about.String() + "\nWith --json it prints one JSON array; its shape is in fixtures/schema.",
		Example:   "  esconform list requirements --json",
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error {
			kind := kinds[slices.Index(names, args[0])]
			rows, err := kind.load(cmd.Context(), fixturesDir)
			if err != nil {
				return usageError(err)
			}
			if asJSON {
				return printJSON(s.Out, rows)
			}
			return printColumns(s.Out, rows)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	c.Flags().StringVar(&fixturesDir, "fixtures", "", "add the scenarios and requirements of this `FOLDER`")
	return c
}

func printJSON(w io.Writer, rows []listed) error {
	values := make([]any, len(rows))
	for i, r := range rows {
		values[i] = r.value
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(values)
}

func printColumns(w io.Writer, rows []listed) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintln(t, strings.Join(r.columns, "\t"))
	}
	return t.Flush()
}
