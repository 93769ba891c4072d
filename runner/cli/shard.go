package cli

import (
	"errors"

	"esconform/runner/plan"
)

// shardFlag is the flag --shard. An empty text is refused, too: where a variable of a
// CI job is not set, each job would run the whole suite.
type shardFlag struct{ plan.Shard }

func (f *shardFlag) Type() string { return "I/N" }

func (f *shardFlag) Set(text string) (err error) {
	f.Shard, err = plan.ParseShard(text)
	var filter *plan.FilterError
	if errors.As(err, &filter) { // the flag is named by who calls
		return errors.New(filter.Reason)
	}
	return err
}

func (f *shardFlag) String() string {
	if f.Whole() {
		return ""
	}
	return f.Shard.String()
}
