package sandbox

import (
	"math"
	"strconv"
	"time"

	"esconform/runner/wire"
)

// A listing is what readAllPersons is asked for.
type listing struct {
	index, size int
	from        time.Time // zero: from the beginning
	manual      bool      // only manually created users
	convert     bool
}

// readListing reads the parameters. The last three may be left out or nil;
// then they count as not given.
func (c *call) readListing(request *node) (listing, *fault) {
	var l listing
	for _, number := range [...]struct {
		local string
		into  *int
	}{{"PageIndex", &l.index}, {"PageSize", &l.size}} {
		n, given := c.parameter(request, number.local)
		if !given {
			continue
		}
		var ok bool
		if *number.into, ok = numberOf(n.text); !ok {
			return l, faultDeserialization(number.local + " is not a number")
		}
	}
	if n, given := c.parameter(request, "CreatedFrom"); given {
		var ok bool
		if l.from, ok = momentOf(n.text); !ok {
			return l, faultDeserialization("CreatedFrom is not a date and time")
		}
	}
	for _, flag := range [...]struct {
		local string
		into  *bool
	}{{"OnlyManuallyCreatedUsers", &l.manual}, {"ConvertFromManual", &l.convert}} {
		n, given := c.parameter(request, flag.local)
		if !given {
			continue
		}
		var ok bool
		if *flag.into, ok = booleanOf(n.text); !ok {
			return l, faultDeserialization(flag.local + " is not a boolean")
		}
	}
	return l, nil
}

// parameter returns a parameter that is there and not nil.
func (c *call) parameter(request *node, local string) (*node, bool) {
	n := request.child(wire.NSPmess, local)
	return n, n != nil && !n.null()
}

// readEverybody serves readAllPersons.
func readEverybody(c *call, request *node) (reply, *fault, error) {
	l, f := c.readListing(request)
	if f != nil {
		return reply{}, f, nil
	}
	set, count := el(wire.NSPmess, "personIdPairSet"), 0
	statuses, err := c.run([]item{func(t *tx) (status, error) {
		if l.index < 1 || l.size < 1 {
			return failure(minorInvalid, "PageIndex and PageSize start at 1"), nil
		}
		var err error
		if count, err = t.countPersons(c.site.id, l); err != nil {
			return status{}, err
		}
		page, err := t.listPersons(c.site.id, l)
		if err != nil {
			return status{}, err
		}
		if err := c.convert(t, l, page); err != nil {
			return status{}, err
		}
		for _, p := range page {
			pair, err := c.pairElement(t, p)
			if err != nil {
				return status{}, err
			}
			set.add(pair)
		}
		return success(), nil
	}})
	return reply{statuses: statuses, content: []*element{set, leaf(wire.NSPmess, "virtualCount", strconv.Itoa(count))}}, nil, err
}

// convert gives the persons of a page that have no key one of the form
// itsla-GUID. It needs both flags and touches no other page.
func (c *call) convert(t *tx, l listing, page []person) error {
	if !l.convert || !l.manual {
		return nil
	}
	for i := range page {
		if page[i].key != "" {
			continue
		}
		page[i].key, page[i].origin = makeKey(), originGenerated
		if err := t.updatePerson(page[i]); err != nil {
			return err
		}
	}
	return nil
}

// makeKey returns a key as the endpoint makes them.
func makeKey() string {
	b := randomText()
	return "itsla-" + b[:8] + "-" + b[8:12] + "-4" + b[13:16] + "-a" + b[17:20] + "-" + b[20:]
}

// listed is the condition for persons that a listing is about. Manual are
// persons without a key and those whose key the endpoint made; whoever was
// written through a service is not manual any more.
const listed = `site = ? AND deleted = 0 AND created > ? AND (NOT ? OR key IS NULL OR origin <> 'import')`

func (l listing) arguments(site int64) []any {
	return []any{site, nanoseconds(l.from), l.manual}
}

// nanoseconds since 1970; times that do not fit, such as the first of January
// of the year 1, become the nearest that do.
func nanoseconds(t time.Time) int64 {
	switch {
	case t.Year() < 1700:
		return math.MinInt64
	case t.Year() > 2200:
		return math.MaxInt64
	}
	return t.UnixNano()
}

func (t *tx) countPersons(site int64, l listing) (int, error) {
	var n int
	_, err := t.row([]any{&n}, "SELECT count(*) FROM person WHERE "+listed, l.arguments(site)...)
	return n, err
}

func (t *tx) listPersons(site int64, l listing) ([]person, error) {
	return t.persons(listed+" ORDER BY id LIMIT ? OFFSET ?", append(l.arguments(site), l.size, int64(l.index-1)*int64(l.size))...)
}
