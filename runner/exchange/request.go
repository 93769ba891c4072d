package exchange

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"

	"esconform/runner/ledger"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// outgoing is a request that is ready to be sent: twice, as it is sent and as it is
// recorded.
type outgoing struct {
	op        wire.Operation // zero for a bare HTTP request
	site      *profile.Site  // that the credentials select
	service   string
	method    string
	url       string
	header    http.Header
	body      []byte
	recorded  []byte
	messageID string // that was sent; empty for none
	as        string
	secrets   []string
	security  securityBlock
	// notSOAP is set when it was answered with something else than SOAP 1.1, before
	// anything was cut from the answer.
	notSOAP bool
	passed
}

// passed is what the guard rail has found out about a request.
type passed struct {
	// effect is what the request may do, by its operation, its Body and its
	// SOAPAction.
	effect wire.Effect
	// creates says that it can do nothing but create.
	creates bool
	// targets is how many keys of targets it has; keyless are those that are empty in
	// a request that creates.
	targets int
	keyless []keyless
	// stores are objects of ours that a write may store: targets, new keys and
	// references.
	stores []stored
	// asked is the key whose groups, persons or memberships a list is asked for.
	asked string
}

// stored is an object that a write may store.
type stored struct {
	kind ledger.Kind
	key  string
}

// keyless is an object without a key that a request may create.
type keyless struct {
	kind ledger.Kind
	item int // its number among the targets, from 0
}

// built is an envelope before and after redaction.
type built struct{ sent, recorded []byte }

// envelope fills a template in: as it is sent, and with the Security header as it is
// recorded.
func envelope(t *template, f *filling, sent, recorded string) (built, error) {
	const slack = 512 // for keys, which are longer than the names in the file
	out := make([]byte, 0, t.size+len(sent)+slack)
	at := 0 // where the Security header begins
	err := t.walk(f, func(p part) (err error) {
		if p.kind == security {
			at = len(out)
			out = append(out, sent...)
			return nil
		}
		out, err = f.append(out, p)
		return err
	})
	if err != nil {
		return built{}, err
	}
	hidden := make([]byte, 0, len(out)-len(sent)+len(recorded))
	hidden = append(append(append(hidden, out[:at]...), recorded...), out[at+len(sent):]...)
	return built{sent: out, recorded: hidden}, nil
}

// wireForm applies what a step says about bytes: a mutation, another charset.
func wireForm(b built, step scenario.Step) (built, error) {
	for _, text := range []*[]byte{&b.sent, &b.recorded} {
		var err error
		if *text, err = mutate(step.Mutate, *text); err != nil {
			return built{}, err
		}
		if *text, err = encodeAs(*text, step.HTTP.Charset); err != nil {
			return built{}, err
		}
	}
	return b, nil
}

// httpHeader makes the HTTP header of a request. SOAPAction is quoted, as SOAP 1.1
// (6.1.1) has it.
func httpHeader(op wire.Operation, h scenario.HTTP, extra map[string]string, hasBody bool) http.Header {
	header := http.Header{}
	if hasBody {
		contentType := "text/xml; charset=utf-8"
		if h.Charset != "" {
			contentType = "text/xml; charset=" + h.Charset
		}
		if h.ContentType != "" {
			contentType = h.ContentType
		}
		header["Content-Type"] = []string{contentType}
	}
	action := op.Action
	if h.Action != "" {
		action = h.Action
	}
	if action != "" && action != "-" {
		if h.Quotes != "none" {
			action = `"` + action + `"`
		}
		// Written as the documentation has it; net/http would write Soapaction.
		header["SOAPAction"] = []string{action}
	}
	header["User-Agent"] = []string{"esconform"}
	for name, value := range extra {
		setHeader(header, name, value)
	}
	for name, value := range h.Headers {
		setHeader(header, name, value)
	}
	if !hasHeader(header, "Accept-Encoding") {
		header["Accept-Encoding"] = []string{"gzip, identity"} // what is understood here
	}
	if op.Effect == wire.Read {
		// Not sent: it tells net/http that a read may be repeated when an idle
		// connection turns out to be closed.
		header["Idempotency-Key"] = nil
	}
	return header
}

// hasHeader says whether a header is there, whatever its case.
func hasHeader(header http.Header, name string) bool {
	for other := range header {
		if strings.EqualFold(other, name) {
			return true
		}
	}
	return false
}

// setHeader sets a header, whatever the case in which it stands already.
func setHeader(header http.Header, name, value string) {
	for other := range header {
		if strings.EqualFold(other, name) {
			delete(header, other)
		}
	}
	header[name] = []string{value}
}

// recordedHeader is the header as it is recorded: without the values that the
// profile added, which may be credentials.
func recordedHeader(header http.Header, extra map[string]string) http.Header {
	clean := header.Clone()
	delete(clean, "Idempotency-Key")
	for name := range extra {
		setHeader(clean, name, redacted)
	}
	return clean
}

// request makes the HTTP request.
func (o *outgoing) request(ctx context.Context) (*http.Request, error) {
	var r *http.Request
	var err error
	if o.body == nil {
		r, err = http.NewRequestWithContext(ctx, o.method, o.url, nil)
	} else {
		r, err = http.NewRequestWithContext(ctx, o.method, o.url, bytes.NewReader(o.body))
	}
	if err != nil {
		return nil, fmt.Errorf("make HTTP request: %w", err)
	}
	r.Header = o.header
	return r, nil
}

// address returns the URL of a step.
func address(t profile.Target, service string, secure bool, query string) string {
	url := t.ServiceURL(service, secure)
	if query == "" {
		return url
	}
	return url + "?" + strings.TrimPrefix(query, "?")
}

// serviceFor chooses the service that a step is sent to.
func serviceFor(t profile.Target, op wire.Operation, wanted string) string {
	separate := t.Separate
	switch wanted {
	case "":
	case "separate":
		separate = true
	case "combined":
		separate = false
	default:
		return wanted
	}
	switch {
	case !separate:
		return wire.CombinedPort
	case op.Service == "":
		return wire.ServicePerson
	default:
		return op.Service
	}
}
