package sandbox

import (
	"math"
	"strconv"
	"strings"
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
// then they count as not given, and the flags are false.
func (c *call) readListing(request *node) (listing, error) {
	l := listing{manual: c.deviates("manual-by-default"), convert: c.deviates("convert-by-default")}
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
	n, given := c.parameter(request, "CreatedFrom")
	if given {
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
	return l, c.checkGiven(request)
}

// parameter returns a parameter that is there and not nil. Only the names of
// the schema count, with their capital initials.
func (c *call) parameter(request *node, local string) (*node, bool) {
	n := request.child(wire.NSPmess, local)
	if n == nil {
		small := request.child(wire.NSPmess, strings.ToLower(local[:1])+local[1:])
		if small != nil && c.deviates("parameters-in-any-case") {
			n = small
		}
	}
	return n, n != nil && !n.null()
}

// checkGiven takes the last three parameters left out and nil.
func (c *call) checkGiven(request *node) error {
	for _, local := range [...]string{"CreatedFrom", "OnlyManuallyCreatedUsers", "ConvertFromManual"} {
		n := request.child(wire.NSPmess, local)
		if n == nil && c.deviates("all-parameters-demanded") || n != nil && n.null() && c.deviates("nil-parameters-refused") {
			return faultDeserialization(local + " is missing")
		}
	}
	return nil
}

// readEverybody serves readAllPersons.
func readEverybody(c *call, request *node) (reply, error) {
	if c.deviates("all-not-served") {
		return reply{}, faultActionNotSupported(c.op.Action)
	}
	l, err := c.readListing(request)
	if err != nil {
		return reply{}, err
	}
	set, count := el(wire.NSPmess, "personIdPairSet"), 0
	statuses, err := c.run([]item{func(t *tx) (st status, err error) {
		st, count, err = c.list(t, l, set)
		return st, err
	}})
	return reply{statuses: statuses, content: []*element{set, leaf(wire.NSPmess, "virtualCount", strconv.Itoa(count))}}, err
}

// list writes one page into set and counts all persons that the listing is
// about.
func (c *call) list(t *tx, l listing, set *element) (st status, count int, err error) {
	if l.index < 1 || l.size < 1 {
		return failure(minorInvalid, "PageIndex and PageSize start at 1"), 0, nil
	}
	l = c.bent(l)
	if count, err = t.countPersons(c.site.id, l); err != nil {
		return st, 0, err
	}
	page, err := t.listPersons(c.site.id, l)
	if err != nil {
		return st, 0, err
	}
	if len(page) == 0 && l.index > 1 && c.deviates("page-past-the-end-fails") {
		return failure(minorInvalid, "There is no such page"), count, nil
	}
	if err := c.convert(t, l, page); err != nil {
		return st, 0, err
	}
	for _, p := range page {
		if p.key == "" && c.deviates("keyless-person-left-out") {
			continue
		}
		pair, err := c.pairElement(t, p)
		if err != nil {
			return st, 0, err
		}
		set.add(pair)
	}
	if count != len(page) && c.deviates("count-of-the-page") {
		count = len(page)
	}
	return success(), count, nil
}

// bent is the listing as it is carried out: as it was asked for. By the older
// text, a page size of 1 means all.
func (c *call) bent(l listing) listing {
	if l.size == 1 && c.reads(readingPageSizeOne) || l.size > 1 && c.deviates("page-size-ignored") {
		l.size = math.MaxInt32
	}
	if l.index > 1 && c.deviates("pages-count-from-zero") {
		l.index--
	}
	if !l.from.IsZero() && c.deviates("created-from-ignored") {
		l.from = time.Time{}
	}
	if l.manual && c.deviates("manual-filter-ignored") {
		l.manual = false
	}
	return l
}

// convert gives the persons of a page that have no key one of the form
// itsla-GUID. It needs both flags and touches no other page.
func (c *call) convert(t *tx, l listing, page []person) error {
	if !l.convert || !l.manual && !c.deviates("convert-without-manual") {
		return nil
	}
	if err := c.giveKeys(t, page); err != nil || !c.deviates("convert-every-page") {
		return err
	}
	l.index, l.size = 1, math.MaxInt32
	rest, err := t.listPersons(c.site.id, l)
	if err != nil {
		return err
	}
	return c.giveKeys(t, rest)
}

// giveKeys stores a key for each person that has none.
func (c *call) giveKeys(t *tx, page []person) error {
	for i := range page {
		if page[i].key != "" {
			continue
		}
		page[i].key, page[i].origin = makeKey(), originGenerated
		if c.deviates("converted-key-of-other-form") {
			page[i].key = "manual-" + randomText()
		}
		if c.deviates("converted-key-not-stored") {
			continue
		}
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
