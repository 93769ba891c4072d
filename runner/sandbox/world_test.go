package sandbox

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"esconform/runner/wire"
)

// A world is a site as the documentation describes it, in the simplest form that
// says what each call has to answer. It shares no code with the sandbox.
type world interface {
	// drawCall draws a call that writes, or reads one thing, and answers it.
	drawCall(t *rapid.T) turn
	// reads are the ways to read what is there, with what they are to say.
	reads() []turn
}

// playWorlds plays random sequences of operations against the sandbox and a world;
// every answer must be the same, and whatever can be read afterwards. Each of the
// operations must have been played.
func playWorlds(t *testing.T, name string, make func(b *bench, at Site) world, operations ...string) {
	t.Helper()
	b, played, sites := newBench(t, Options{}), map[string]bool{}, 0
	rapid.Check(t, func(t *rapid.T) {
		sites++
		at, err := b.server.AddSite(b.Context(), fmt.Sprint(name, "-", sites), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		w := make(b, at)
		same := func(call turn, after string) {
			played[call.operation] = true
			if diff := cmp.Diff(call.want, b.does(at, call.operation, call.content)); diff != "" {
				t.Fatalf("%s%s %s\n-model +sandbox:\n%s", after, call.operation, call.content, diff)
			}
		}
		for range rapid.IntRange(1, 25).Draw(t, "length") {
			call := w.drawCall(t)
			same(call, "")
			for _, read := range w.reads() {
				same(read, "after "+call.operation+" "+call.content+"\n")
			}
		}
	})
	for _, o := range operations {
		if !played[o] {
			t.Errorf("%s was never played", o)
		}
	}
}

// A family is the operations on one kind of object, in a world.
type family[T any] struct {
	noun, nouns string // in the names of operations: Person, Persons
	keys        *rapid.Generator[string]
	items       *rapid.Generator[T]
	xml         func(T) string
	pairs       func(...T) string
	world       interface {
		write(how string, item T) string
		delete(key string) string
		rename(from, to string) string
	}
}

// draw draws a call of a kind: create, update, replace, delete or change; of one
// object or of several.
func (f family[T]) draw(t *rapid.T, kind string) turn {
	plural := rapid.Bool().Draw(t, "plural")
	switch {
	case kind == "delete" && plural:
		keys := rapid.SliceOfN(f.keys, 2, 4).Draw(t, "keys")
		return turn{"delete" + f.nouns, keySet(keys...), each(keys, f.world.delete)}
	case kind == "delete":
		k := f.keys.Draw(t, "key")
		return turn{"delete" + f.noun, key(k), []string{f.world.delete(k)}}
	case kind == "change":
		k := rapid.SliceOfN(f.keys, 4, 4).Draw(t, "keys")
		if plural {
			return turn{"change" + f.nouns + "Identifier", renames(k...), []string{f.world.rename(k[0], k[1]), f.world.rename(k[2], k[3])}}
		}
		return turn{"change" + f.noun + "Identifier", rename(k[0], k[1]), []string{f.world.rename(k[0], k[1])}}
	case plural:
		items := rapid.SliceOfN(f.items, 1, 4).Draw(t, "items")
		return turn{kind + f.nouns, f.pairs(items...), each(items, func(item T) string { return f.world.write(kind, item) })}
	}
	item := f.items.Draw(t, "item")
	return turn{kind + f.noun, f.xml(item), []string{f.world.write(kind, item)}}
}

// operations are those that draw may draw.
func (f family[T]) operations() []string {
	names := []string{"change" + f.noun + "Identifier", "change" + f.nouns + "Identifier"}
	for _, kind := range []string{"create", "update", "replace", "delete"} {
		names = append(names, kind+f.noun, kind+f.nouns)
	}
	return names
}

// each answers for the items of a batch in their order.
func each[T any](items []T, answer func(T) string) []string {
	var said []string
	for _, item := range items {
		said = append(said, answer(item))
	}
	return said
}

func drawKind(t *rapid.T, kinds ...string) string { return rapid.SampledFrom(kinds).Draw(t, "kind") }

func TestTheWorldsHaveEveryOperation(t *testing.T) {
	var want []string
	for _, o := range wire.Operations() {
		want = append(want, o.Name)
	}
	got := slices.Concat(personCalls(), groupCalls(), membershipCalls())
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-documented +modelled:\n%s", diff)
	}
}
