package exchange

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/textproto"
	"strings"
	"syscall"

	"esconform/runner/evidence"
)

// classify says why an exchange has no usable answer. The run's own end is told
// from the step's deadline.
func classify(run, step context.Context, err error) *evidence.TransportFault {
	kind, text := faultKind(run, step, err)
	if errors.Is(err, errTooLarge) || errors.Is(err, errEncoding) {
		return &evidence.TransportFault{Kind: kind, Message: shown(err.Error())} // says it already
	}
	return &evidence.TransportFault{Kind: kind, Message: text + ": " + shown(inner(err).Error())}
}

func faultKind(run, step context.Context, err error) (evidence.FaultKind, string) {
	switch {
	case run.Err() != nil:
		return evidence.FaultCancelled, "the run was stopped"
	case step.Err() != nil:
		return evidence.FaultTimeout, "no complete answer came in time"
	case errors.Is(err, errTooLarge), strings.Contains(err.Error(), "response headers exceeded"):
		return evidence.FaultTooLarge, "the answer is larger than the limit"
	case errors.Is(err, errEncoding):
		return evidence.FaultEncoding, "the content coding of the answer could not be decoded"
	case isTLS(err):
		return evidence.FaultTLS, "the TLS connection could not be made"
	case isDial(err):
		return evidence.FaultConnect, "no connection could be made"
	case isTimeout(err):
		return evidence.FaultTimeout, "no complete answer came in time"
	case isMalformed(err):
		return evidence.FaultProtocol, "the answer is not HTTP"
	}
	return evidence.FaultReset, "the connection broke before the answer was complete"
}

func isTLS(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		hostname     x509.HostnameError
		record       tls.RecordHeaderError
		alert        tls.AlertError
	)
	return errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &hostname) ||
		errors.As(err, &record) || errors.As(err, &alert) || strings.Contains(err.Error(), "TLS handshake timeout") ||
		strings.Contains(err.Error(), "server gave HTTP response to HTTPS client") || strings.Contains(err.Error(), "tls: ")
}

func isDial(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect" || op.Op == "socks connect") || errors.As(err, &dns)
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// isMalformed says whether bytes came that are not HTTP. net/http has no type for
// most of these errors.
func isMalformed(err error) bool {
	var protocol textproto.ProtocolError
	if errors.As(err, &protocol) {
		return true
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) {
		return false
	}
	for _, words := range []string{"malformed", "invalid byte in chunk length", "bad Content-Length", "invalid header", "multiple Content-Length", "unsupported transfer encoding", "too many transfer encodings"} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}

// inner strips what names our own addresses from an error.
func inner(err error) error {
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		return op.Err
	}
	return err
}

// shown bounds hostile text for a message and takes control characters out.
func shown(text string) string {
	const limit = 200
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if runes := []rune(clean); len(runes) > limit {
		return string(runes[:limit]) + "..."
	}
	return clean
}
