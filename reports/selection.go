package reports

import (
	"fmt"
	"strconv"
)

// Selection says by which flags a run was narrowed and how its order was made.
type Selection struct {
	Only        []string `json:"only"`             // id patterns; empty when all ids were wanted
	Labels      string   `json:"labels"`           // label filter; empty when all labels were wanted
	RerunFailed bool     `json:"rerunFailed"`      // only what was not good in an earlier report
	ReadOnly    bool     `json:"readOnly"`         // nothing that writes was sent
	Seed        uint64   `json:"seed"`             // shuffled the order; 0 is the order of ids
	Volume      int      `json:"volume,omitempty"` // objects of a case of volume; 0 when those did not run
	Repeat      int      `json:"repeat,omitempty"` // how often each case was run; 0 stands for once
	Shard       *Shard   `json:"shard,omitempty"`  // the part of the cases that was run
	// Missing are the shards that a merged report lacks.
	Missing []Shard `json:"missing,omitempty"`
}

// Shard is one of several parts of a suite that are run apart. Of is their number,
// Index counts from 1. A merged report has no shard.
type Shard struct {
	Index int `json:"index"`
	Of    int `json:"of"`
}

// Library counts what there is to run and how much of it was selected. All are zero
// when nothing is known about it.
type Library struct {
	Scenarios         int `json:"scenarios"` // folders
	Cases             int `json:"cases"`
	SelectedScenarios int `json:"selectedScenarios"`
	SelectedCases     int `json:"selectedCases"` // those that were skipped included
}

// Narrowed says whether cases of the library were left out.
func (l Library) Narrowed() bool { return l.SelectedCases < l.Cases }

// extent says in what a run was less than the whole suite, so that the verdict of a
// part is never read as that of the whole; empty for a whole run.
func extent(r Report) []string {
	var grounds []string
	if r.Library.Narrowed() {
		grounds = append(grounds, fmt.Sprintf("a selection of %d of %d cases", r.Library.SelectedCases, r.Library.Cases))
	}
	if s := r.Selection.Shard; s != nil {
		grounds = append(grounds, fmt.Sprintf("shard %d of %d", s.Index, s.Of))
	}
	if r.Selection.ReadOnly {
		grounds = append(grounds, "a read-only run")
	}
	return grounds
}

// mostMissing bounds how many shards a sentence names.
const mostMissing = 10

// missing names the shards that a merged report lacks.
func missing(shards []Shard) []string {
	if len(shards) == 0 {
		return nil
	}
	names := make([]string, len(shards))
	for i, s := range shards {
		names[i] = strconv.Itoa(s.Index)
	}
	if len(shards) == 1 {
		return []string{fmt.Sprintf("shard %s of %d is missing", names[0], shards[0].Of)}
	}
	return []string{fmt.Sprintf("shards %s of %d are missing", list(names, mostMissing), shards[0].Of)}
}
