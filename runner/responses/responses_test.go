package responses_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/reports/changes"
	"esconform/runner/evidence"
	"esconform/runner/responses"
)

const (
	nsCommon = "http://www.imsglobal.org/services/common/imsCommonSchema_v1p0"
	nsPmess  = "http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0"
)

// run is one of the two: what was made up for it.
type run struct {
	token, message, capture, guid, host, generated, now string
}

var (
	first = run{"0123456789abcdef", "11111111-1111-4111-8111-111111111111", "an-identifier-of-the-first", "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
		"127.0.0.1:1", "vera.1", "2026-03-01T11:00:02.5Z"}
	second = run{"fedcba9876543210", "22222222-2222-4222-8222-222222222222", "quite-another-identifier", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb",
		"[::1]:65535", "vera.2", "2026-04-02T13:00:02+02:00"}
)

// fill puts what was made up for a run into a text.
func (r run) fill(text string) string {
	return strings.NewReplacer("{token}", r.token, "{message}", r.message, "{capture}", r.capture, "{guid}", r.guid, "{host}", r.host,
		"{generated}", r.generated, "{now}", r.now).Replace(text)
}

// outcome is what the run saw when the endpoint answered so.
func (r run) outcome(answers ...evidence.Exchange) map[string]evidence.Outcome {
	at, err := time.Parse(time.RFC3339, r.now)
	if err != nil {
		panic(err)
	}
	o := evidence.Outcome{Scenario: "s", Keys: map[string]string{"Child1": "ec" + r.token + "-Child1"}, Unique: map[string]string{"anna": "anna-" + r.token[:8]},
		Captures: map[string]string{"ID": r.capture}, StartedAt: at, Duration: time.Second}
	for _, x := range answers {
		x.MessageID, x.URL = r.message, "http://"+r.host+"/service"
		x.Request, x.Response = []byte(r.fill("<request>anna-"+r.token[:8]+"</request>")), []byte(r.fill(string(x.Response)))
		if len(x.Response) > 0 && x.ResponseHeader == nil {
			x.ResponseHeader = http.Header{"Content-Type": {"text/xml; charset=utf-8"}}
		}
		if x.Status == 0 && x.Transport == nil {
			x.Status = 200
		}
		o.Exchanges = append(o.Exchanges, x)
	}
	return map[string]evidence.Outcome{"s": o}
}

func answer(body string) evidence.Exchange {
	return evidence.Exchange{Operation: "readPerson", Response: []byte(body)}
}

// compare compares one case of two runs.
func compare(was, now []evidence.Exchange) []changes.Response {
	changed, _ := responses.Compare(responses.NewRun(first.outcome(was...)), responses.NewRun(second.outcome(now...)), []string{"s"})
	return changed
}

func TestWhatDiffersFromRunToRunDoesNotMatter(t *testing.T) {
	for name, body := range map[string]string{
		"keys":                   "<a><b>ec{token}-Child1</b><c x='ec{token}-Child1'/></a>",
		"message identifiers":    "<a>{message}</a>",
		"captured values":        "<a>{capture}</a>",
		"generated identifiers":  "<a>{guid}</a>",
		"addresses":              "<a href='http://{host}/x'>http://{host}/y</a>",
		"times of the run":       "<a>{now}</a>",
		"generated user names":   `<userIdValue xmlns="` + nsCommon + `">{generated}</userIdValue>`,
		"keys in what is no XML": "no ec{token}-Child1",
		"nothing at all":         "",
	} {
		t.Run(name, func(t *testing.T) {
			if changed := compare([]evidence.Exchange{answer(body)}, []evidence.Exchange{answer(body)}); len(changed) > 0 {
				t.Errorf("%+v", changed)
			}
		})
	}
}

func TestHowAnAnswerIsWrittenDoesNotMatter(t *testing.T) {
	const plain = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Fault><faultcode>s:Server</faultcode></s:Fault><a b="1" c="2">true</a><d>2020-01-01T12:00:00Z</d></s:Envelope>`
	for name, other := range map[string]evidence.Exchange{
		"prefixes": answer(`<x:Envelope xmlns:x="http://schemas.xmlsoap.org/soap/envelope/"><x:Fault><faultcode>x:Server</faultcode></x:Fault>` +
			`<a c="2" b="1">1</a><d>2020-01-01T13:00:00+01:00</d></x:Envelope>`),
		"white space": answer(strings.ReplaceAll(plain, "><", ">\n  <")),
		"encoding": {Operation: "readPerson", Response: []byte(`<?xml version="1.0"?>` + plain),
			ResponseHeader: http.Header{"Content-Type": {"text/xml"}, "Server": {"other"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if changed := compare([]evidence.Exchange{answer(plain)}, []evidence.Exchange{other}); len(changed) > 0 {
				t.Errorf("%+v", changed)
			}
		})
	}
}

func TestWhatChangedIsShownWithItsPlace(t *testing.T) {
	text := func(s string) evidence.Exchange { return answer(s) }
	typed := func(contentType string) evidence.Exchange {
		return evidence.Exchange{Operation: "readPerson", Response: []byte("<a/>"), ResponseHeader: http.Header{"Content-Type": {contentType}}}
	}
	reset := evidence.Exchange{Operation: "readPerson", Transport: &evidence.TransportFault{Kind: evidence.FaultReset}}
	for _, tt := range []struct {
		name     string
		was, now evidence.Exchange
		want     []changes.Difference
	}{
		{"a text", text("<a>\n<b>x</b></a>"), text("<a>\n\n<b>y</b></a>"), []changes.Difference{{Kind: changes.Changed, Path: "/a/b", Line: 3, Wanted: "x", Got: "y"}}},
		{"another key", text("<a>ec{token}-Child1</a>"), text("<a>Child1</a>"), []changes.Difference{{Kind: changes.Changed, Path: "/a", Line: 1, Wanted: "{key:Child1}", Got: "Child1"}}},
		{"a time that was stored", text("<a>2020-01-01T12:00:00Z</a>"), text("<a>2020-01-01T13:00:00Z</a>"),
			[]changes.Difference{{Kind: changes.Changed, Path: "/a", Line: 1, Wanted: "2020-01-01T12:00:00Z", Got: "2020-01-01T13:00:00Z"}}},
		{"a user name that was sent", text(`<userIdValue xmlns="` + nsCommon + `">anna-01234567</userIdValue>`), text(`<userIdValue xmlns="` + nsCommon + `">{generated}</userIdValue>`),
			[]changes.Difference{{Kind: changes.Changed, Path: "/common:userIdValue", Line: 1, Wanted: "{unique:anna}", Got: "{generated}"}}},
		{"less", text("<a><b/></a>"), text("<a/>"), []changes.Difference{{Kind: changes.Missing, Path: "/a/b", Line: 1, Wanted: "<b/>"}}},
		{"more", text("<a/>"), text("<a><b/></a>"), []changes.Difference{{Kind: changes.Added, Path: "/a/b", Line: 1, Got: "<b/>"}}},
		{"the status of HTTP", text("<a/>"), evidence.Exchange{Operation: "readPerson", Status: 500, Response: []byte("<a/>")},
			[]changes.Difference{{Kind: changes.Changed, Path: "HTTP status", Wanted: "200", Got: "500"}}},
		{"the media type", typed("text/xml; charset=utf-8"), typed("application/xml"), []changes.Difference{{Kind: changes.Changed, Path: "Content-Type", Wanted: "text/xml", Got: "application/xml"}}},
		{"no XML any more", text("<a/>"), text("<a>"), []changes.Difference{{Kind: changes.Changed, Path: "body", Wanted: "an XML document",
			Got: "no XML document: line 1, column 4: the document ends before the end tag of \"a\""}}},
		{"XML at last", text("a"), text("<a/>"), []changes.Difference{{Kind: changes.Changed, Path: "body",
			Wanted: "no XML document: line 1, column 1: text stands outside of the root element", Got: "an XML document"}}},
		{"another text", text("one\ntwo"), text("one\nthree"), []changes.Difference{{Kind: changes.Changed, Path: "body", Line: 2, Wanted: "two", Got: "three"}}},
		{"no answer", text("<a/>"), reset, []changes.Difference{{Kind: changes.Added, Path: "fault", Got: "reset"}, {Kind: changes.Missing, Path: "HTTP status", Wanted: "200"},
			{Kind: changes.Missing, Path: "Content-Type", Wanted: "text/xml"}, {Kind: changes.Changed, Path: "body", Wanted: "an XML document", Got: "nothing"}}},
		{"a long text", text("<a/>"), text("<a>" + strings.Repeat("æ", 1000) + "</a>"),
			[]changes.Difference{{Kind: changes.Changed, Path: "/a", Line: 1, Got: strings.Repeat("æ", 400) + "..."}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changed := compare([]evidence.Exchange{tt.was}, []evidence.Exchange{tt.now})
			want := []changes.Response{{ID: "s", Step: 1, Operation: "readPerson", Differences: tt.want}}
			if diff := cmp.Diff(want, changed); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestWhatAResponseTellsIsBounded(t *testing.T) {
	changed := compare([]evidence.Exchange{answer("<a>" + strings.Repeat("<b/>", 50) + "</a>")}, []evidence.Exchange{answer("<a/>")})
	if len(changed) != 1 || len(changed[0].Differences) != 20 || changed[0].More != 30 {
		t.Errorf("%+v", changed)
	}
}
