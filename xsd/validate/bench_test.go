package validate_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// benchmarks pairs an engine with an envelope: a small readPersonRequest, and a
// readAllPersonsResponse of about 5 MB. MB/s is what the benchmarks report.
func benchmark(b *testing.B, engine validate.Engine, root string, envelope []byte) {
	v, err := validate.New(engine, 50)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = v.Close() }()
	b.SetBytes(int64(len(envelope)))
	b.ReportAllocs()
	for b.Loop() {
		violations, err := v.Validate(wire.Name{Space: wire.NSPmess, Local: root}, envelope)
		if err != nil || len(violations) > 0 {
			b.Fatalf("the envelope is not valid: %v %v", violations, err)
		}
	}
}

func smallRequest(tb testing.TB) []byte {
	tb.Helper()
	data, err := os.ReadFile("testdata/envelopes/readPerson.request.xml")
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// largeResponse repeats the pairs of the handmade readAllPersonsResponse.
func largeResponse(tb testing.TB) []byte {
	tb.Helper()
	data, err := os.ReadFile("testdata/envelopes/readAllPersons.response.xml")
	if err != nil {
		tb.Fatal(err)
	}
	const open, end = "<personIdPair>", "</personIdPair>"
	from, to := bytes.Index(data, []byte(open)), bytes.LastIndex(data, []byte(end))+len(end)
	pairs := string(data[from:to])
	return []byte(string(data[:from]) + strings.Repeat(pairs, 5<<20/len(pairs)) + string(data[to:]))
}

func BenchmarkValidateLibxml2Small(b *testing.B) {
	benchmark(b, validate.Libxml2, "readPersonRequest", smallRequest(b))
}

func BenchmarkValidateLibxml2Large(b *testing.B) {
	benchmark(b, validate.Libxml2, "readAllPersonsResponse", largeResponse(b))
}

func BenchmarkValidateHeliumSmall(b *testing.B) {
	benchmark(b, validate.Helium, "readPersonRequest", smallRequest(b))
}

func BenchmarkValidateHeliumLarge(b *testing.B) {
	benchmark(b, validate.Helium, "readAllPersonsResponse", largeResponse(b))
}
