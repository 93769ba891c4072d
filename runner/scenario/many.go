package scenario

import (
	"slices"
	"strconv"
	"strings"
)

// LabelVolume marks the scenarios whose size is that of --volume.
const LabelVolume = "volume"

// DefaultVolume is the number of --volume for whoever asks for such scenarios by
// their label.
const DefaultVolume = 1000

// volumeText stands for the number of --volume.
const volumeText = "{volume}"

// MaxVolume bounds how many objects a scenario makes with one identity.
const MaxVolume = 100_000

// Number is how many of something a scenario has: so many, or as many as --volume
// says. The zero value says nothing.
type Number struct {
	N      int
	Volume bool
}

// Any says whether a number is given at all.
func (n Number) Any() bool { return n.Volume || n.N > 0 }

// Number returns what a number is in this case; 0 when none is given.
func (c Case) Number(n Number) int {
	if n.Volume {
		return c.Volume
	}
	return n.N
}

// Objects returns the identities of the case with one for each object that a counted
// one stands for: Name-1, Name-2 and so on.
func (c Case) Objects() []Identity {
	var all []Identity
	for _, id := range c.Scenario.Identities {
		if !id.Count.Any() {
			all = append(all, id)
			continue
		}
		for n := range c.Number(id.Count) {
			all = append(all, Identity{Name: Member(id.Name, n+1)})
		}
	}
	return all
}

// Member is the name of the n-th object of a counted identity, counted from 1.
func Member(name string, n int) string { return name + "-" + strconv.Itoa(n) }

// Members returns the names of the objects that an identity stands for: its own, or
// those of all when it is counted.
func (c Case) Members(name string) []string {
	i := slices.IndexFunc(c.Scenario.Identities, func(id Identity) bool { return id.Name == name })
	if i < 0 || !c.Scenario.Identities[i].Count.Any() {
		return []string{name}
	}
	var all []string
	for n := range c.Number(c.Scenario.Identities[i].Count) {
		all = append(all, Member(name, n+1))
	}
	return all
}

// includes says whether a name is that of an object of a counted identity.
func (i Identity) includes(name string) bool {
	tail, found := strings.CutPrefix(name, i.Name+"-")
	n, err := strconv.Atoi(tail)
	return found && err == nil && n >= 1 && tail == strconv.Itoa(n) && (i.Count.Volume && n == 1 || n <= i.Count.N)
}

func (c Case) ofVolume() bool { return slices.Contains(c.Scenario.Labels, LabelVolume) }
