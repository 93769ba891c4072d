package sandbox

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"esconform/runner/wire"
)

// BenchmarkReadPerson is what one readPerson costs the endpoint, without the
// network.
func BenchmarkReadPerson(b *testing.B) {
	s, err := New(context.Background(), Options{Username: "u", Password: "p"})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	handler := s.Handler()
	post := func(operation, content string) {
		body := envelopeOf(syncHeader+credentials(Site{Username: "u", Password: "p"}), request(operation, content))
		r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, wire.ServicePath(wire.CombinedPort), strings.NewReader(body))
		r.Header.Set("Content-Type", "text/xml; charset=utf-8")
		r.Header.Set("SOAPAction", action(operation))
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
	post("createPersons", pairs(student("c1", "Nils"), full("k1")))
	post("updatePerson", subject{key: "k1", children: []string{"c1"}}.xml())
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		post("readPerson", key("k1"))
	}
}
