package plan

import (
	"slices"

	"esconform/runner/scenario"
)

// ofVolume says whether the size of a case is that of --volume.
func ofVolume(c scenario.Case) bool {
	return slices.Contains(c.Scenario.Labels, scenario.LabelVolume)
}

// volume returns how many objects a scenario with these labels makes: as many as the
// selection says, or the default when its label alone is the reason why the filter
// chose it. 0 says that nobody asked for it.
func (s Selection) volume(labels []string, filter labelFilter) int {
	switch {
	case !slices.Contains(labels, scenario.LabelVolume):
		return 0
	case s.Volume > 0:
		return s.Volume
	}
	others := slices.DeleteFunc(slices.Clone(labels), func(label string) bool { return label == scenario.LabelVolume })
	if !filter(others) {
		return scenario.DefaultVolume
	}
	return 0
}
