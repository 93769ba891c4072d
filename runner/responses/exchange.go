package responses

import (
	"cmp"
	"mime"
	"strconv"
	"strings"
	"unicode/utf8"

	"esconform/reports/changes"
	"esconform/runner/evidence"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// The bounds of what is told of one response: its differences, and the characters of
// what was there.
const (
	mostDifferences = 20
	mostText        = 400
)

// The places of a response that are no place of a document.
const (
	placeExchange = "exchange"
	placeFault    = "fault"
	placeStatus   = "HTTP status"
	placeType     = "Content-Type"
	placeBody     = "body"
)

// compareExchange says in what the second of two exchanges differs; either may be nil.
func compareExchange(a, b *evidence.Exchange, viewA, viewB view) []changes.Difference {
	if a == nil || b == nil {
		return []changes.Difference{oneSided(a, b)}
	}
	var all []changes.Difference
	for _, fact := range []struct {
		place string
		of    func(*evidence.Exchange) string
	}{{placeFault, fault}, {placeStatus, status}, {placeType, mediaType}} {
		if x, y := fact.of(a), fact.of(b); x != y {
			all = append(all, difference(fact.place, x, y))
		}
	}
	return append(all, compareBodies(a, b, viewA, viewB)...)
}

// oneSided is an exchange that only one run had.
func oneSided(a, b *evidence.Exchange) changes.Difference {
	if b == nil {
		return changes.Difference{Kind: changes.Missing, Path: placeExchange, Wanted: outline(a)}
	}
	return changes.Difference{Kind: changes.Added, Path: placeExchange, Got: outline(b)}
}

// outline says in a few words how an exchange ended.
func outline(x *evidence.Exchange) string {
	if f := fault(x); f != "" {
		return f
	}
	return "HTTP " + status(x)
}

func fault(x *evidence.Exchange) string {
	if x.Transport == nil {
		return ""
	}
	return string(x.Transport.Kind)
}

func status(x *evidence.Exchange) string {
	if x.Status == 0 {
		return ""
	}
	return strconv.Itoa(x.Status)
}

// mediaType is that of the answer without parameters: in which encoding it is written
// does not matter.
func mediaType(x *evidence.Exchange) string {
	header := x.ResponseHeader.Get("Content-Type")
	if media, _, err := mime.ParseMediaType(header); err == nil {
		return media
	}
	return header
}

func difference(place, wanted, got string) changes.Difference {
	d := changes.Difference{Kind: changes.Changed, Path: place, Wanted: bounded(wanted), Got: bounded(got)}
	switch {
	case got == "":
		d.Kind = changes.Missing
	case wanted == "":
		d.Kind = changes.Added
	}
	return d
}

// compareBodies compares documents by meaning, and what is none as text.
func compareBodies(a, b *evidence.Exchange, viewA, viewB view) []changes.Difference {
	was, errA := document(a)
	now, errB := document(b)
	switch {
	case errA == nil && errB == nil:
		crowded := a.Strangers+b.Strangers > 0
		viewA.rename(was, crowded)
		viewB.rename(now, crowded)
		var all []changes.Difference
		for _, d := range xmltree.Diff(was.Root, now.Root, xmltree.Compare{Exact: true, Typed: true, Prefix: wire.Prefix}) {
			all = append(all, placed(d))
		}
		return all
	case errA == nil:
		return []changes.Difference{difference(placeBody, "an XML document", cmp.Or(failure(b, errB), "nothing"))}
	case errB == nil:
		return []changes.Difference{difference(placeBody, cmp.Or(failure(a, errA), "nothing"), "an XML document")}
	}
	return compareTexts(viewA.names(string(a.Response)), viewB.names(string(b.Response)))
}

// document reads a response as judging does.
func document(x *evidence.Exchange) (*xmltree.Document, error) {
	charset := ""
	if whole := x.Strangers == 0 && x.RawViolations == nil; whole { // what is left of a cut one is UTF-8
		if _, parameters, err := mime.ParseMediaType(x.ResponseHeader.Get("Content-Type")); err == nil {
			charset = parameters["charset"]
		}
	}
	return xmltree.Parse(x.Response, charset, xmltree.Limits{})
}

// failure says why a response is no document.
func failure(x *evidence.Exchange, err error) string {
	if len(x.Response) == 0 {
		return ""
	}
	return "no XML document: " + err.Error()
}

func placed(d xmltree.Difference) changes.Difference {
	p := changes.Difference{Kind: changes.Changed, Path: d.Path, Line: d.Line, Wanted: bounded(d.Want), Got: bounded(d.Got)}
	switch {
	case d.GotAbsent:
		p.Kind = changes.Missing
	case d.WantAbsent:
		p.Kind = changes.Added
	}
	return p
}

// compareTexts shows two texts from the line on in which they differ first.
func compareTexts(a, b string) []changes.Difference {
	if a == b {
		return nil
	}
	line, same := 1, 0
	for i := 0; i < min(len(a), len(b)) && a[i] == b[i]; i++ {
		if a[i] == '\n' {
			line, same = line+1, i+1
		}
	}
	d := difference(placeBody, a[same:], b[same:])
	d.Line = line
	return []changes.Difference{d}
}

// bounded cuts a text that is too long to show.
func bounded(s string) string {
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	n := 0
	for i := range s {
		if n++; n > mostText {
			return s[:i] + "..."
		}
	}
	return s
}
