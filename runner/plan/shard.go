package plan

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// MaxShards is the largest number of shards.
const MaxShards = 1000

// Shard is one of several parts of a suite that are run apart (--shard). The zero
// value is the whole suite.
type Shard struct {
	Index int // from 1
	Of    int // how many there are
}

var shardText = regexp.MustCompile(`^([0-9]{1,4})/([0-9]{1,4})$`)

// ParseShard reads "i/n" with 1 <= i <= n <= MaxShards. The error says what is wrong
// with the text.
func ParseShard(text string) (Shard, error) {
	m := shardText.FindStringSubmatch(text)
	if m == nil {
		return Shard{}, &FilterError{"--shard", text, "write it as i/n, such as 1/4"}
	}
	index, _ := strconv.Atoi(m[1]) // at most four digits
	of, _ := strconv.Atoi(m[2])
	switch {
	case of < 1 || of > MaxShards:
		return Shard{}, &FilterError{"--shard", text, fmt.Sprintf("there can be 1 to %d shards", MaxShards)}
	case index < 1 || index > of:
		return Shard{}, &FilterError{"--shard", text, fmt.Sprintf("shards are counted from 1 to %d", of)}
	}
	return Shard{index, of}, nil
}

// String is the shard as it is written on the command line.
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Of) }

// Whole says that the suite is not parted.
func (s Shard) Whole() bool { return s.Of == 0 }

// Holds says whether a scenario belongs to the shard; all of its cases do then.
func (s Shard) Holds(scenarioID string) bool {
	return s.Whole() || ShardOf(scenarioID, s.Of) == s.Index
}

// ShardOf returns which of n shards a scenario belongs to, counted from 1: the first
// eight bytes of the SHA-256 digest of its id, read as a big-endian number, modulo n,
// plus 1. It depends on nothing else, neither on the selection nor on the order nor
// on the machine, so that shards that are run apart never overlap and never leave a
// gap. It must not change: shards of one run may come from several releases.
func ShardOf(scenarioID string, n int) int {
	digest := sha256.Sum256([]byte(scenarioID))
	return int(binary.BigEndian.Uint64(digest[:8])%uint64(n)) + 1
}

// EmptyShardError says that a shard holds nothing of what is selected, so that
// nothing would be tested.
type EmptyShardError struct {
	Shard     Shard
	Scenarios int // that are selected
	// Most is the largest number of shards, below that of Shard, of which none is
	// empty.
	Most int
}

// Error names the shard and says how to avoid an empty one.
func (e *EmptyShardError) Error() string {
	what := fmt.Sprintf("holds none of the %d selected scenarios", e.Scenarios)
	if e.Scenarios == 1 {
		what = "does not hold the only selected scenario"
	}
	how := fmt.Sprintf("with --shard i/%d no shard is empty", e.Most)
	if e.Most == 1 {
		how = "run the selection without --shard"
	}
	return fmt.Sprintf("shard %d of %d %s: nothing is tested here; %s", e.Shard.Index, e.Shard.Of, what, how)
}

// keep leaves out of the plan what belongs to other shards. It comes after the whole
// selection was placed, ordered and capped, so that the shards together do what one
// run would do.
func (p *Plan) keep(s Shard) error {
	if s.Whole() {
		return nil
	}
	place := make(map[int]int) // where an item of the whole is now
	var items []Item
	var scenarios []string
	for i, item := range p.Items {
		scenarios = append(scenarios, item.Case.Scenario.ID)
		if s.Holds(item.Case.Scenario.ID) {
			place[i] = len(items)
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		slices.Sort(scenarios)
		scenarios = slices.Compact(scenarios)
		return &EmptyShardError{Shard: s, Scenarios: len(scenarios), Most: mostShards(scenarios, s.Of)}
	}
	var order []int
	for _, i := range p.Order {
		if at, held := place[i]; held {
			order = append(order, at)
		}
	}
	p.Items, p.Order = items, order
	return nil
}

// mostShards returns the largest number of shards below n of which each holds one of
// the scenarios.
func mostShards(scenarios []string, n int) int {
	for n = min(n-1, len(scenarios)); n > 1; n-- {
		held := make(map[int]bool)
		for _, id := range scenarios {
			held[ShardOf(id, n)] = true
		}
		if len(held) == n {
			return n
		}
	}
	return 1
}
