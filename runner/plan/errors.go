package plan

import (
	"fmt"
	"strings"
)

// FilterError is a filter that cannot be read, or a pattern that matches nothing
// while others do: most likely a slip of the pen. It is a usage error.
type FilterError struct {
	Flag   string // the flag that set the filter, e.g. "--only"
	Filter string
	Reason string
}

// Error says which filter is wrong and why.
func (e *FilterError) Error() string {
	return fmt.Sprintf("%s %q: %s", e.Flag, e.Filter, e.Reason)
}

// NothingError says that the filters together select no case at all, so that
// nothing would be tested.
type NothingError struct{ Filters []string }

// Error names the filters.
func (e *NothingError) Error() string {
	if len(e.Filters) == 0 {
		return "there is no scenario at all"
	}
	return "no scenario is selected by " + strings.Join(e.Filters, " ")
}

// StateError is a state of the target that does not exist, or has another value
// than the documented ones.
type StateError struct {
	Site   string
	State  string
	Reason string
}

// Error says what is wrong with the state.
func (e *StateError) Error() string {
	return fmt.Sprintf("site %s, state %s: %s", e.Site, e.State, e.Reason)
}
