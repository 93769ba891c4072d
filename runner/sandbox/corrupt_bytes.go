package sandbox

import (
	"bytes"
	"net"
	"net/http"
)

// corruptBytes carries out the corruptions of the written text. Text is UTF-8
// and may be changed in place.
func corruptBytes(corrupt string, text []byte) []byte {
	switch corrupt {
	case corruptHTML:
		return []byte(htmlPage)
	case corruptNotWellFormed:
		return withoutBodyEnd(text)
	case corruptPrefix:
		return insert(text, afterRootName(text), ` undeclared:note="1"`)
	case corruptDoctype:
		return insert(text, rootStart(text), "<!DOCTYPE "+rootName(text)+">")
	case corruptEncoding:
		end := rootStart(text) + bytes.IndexByte(text[rootStart(text):], '>') + 1
		return latin1(insert(text, end, "<!-- é -->"))
	}
	return text
}

const htmlPage = `<!DOCTYPE html>
<html>
<head><title>Service unavailable</title></head>
<body><h1>Service unavailable</h1><p>Please try again later.</p></body>
</html>
`

func insert(text []byte, at int, s string) []byte {
	return append(append(append(make([]byte, 0, len(text)+len(s)), text[:at]...), s...), text[at:]...)
}

// rootStart returns where the root element begins: the first tag whose name
// does not make it a declaration or a comment.
func rootStart(text []byte) int {
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '<' && text[i+1] != '?' && text[i+1] != '!' {
			return i
		}
	}
	return 0
}

func afterRootName(text []byte) int {
	start := rootStart(text) + 1
	return start + bytes.IndexAny(text[start:], " \r\n\t/>")
}

func rootName(text []byte) string { return string(text[rootStart(text)+1 : afterRootName(text)]) }

// withoutBodyEnd removes the last end tag but one, that of the Body.
func withoutBodyEnd(text []byte) []byte {
	last := bytes.LastIndex(text, []byte("</"))
	start := bytes.LastIndex(text[:last], []byte("</"))
	end := start + bytes.IndexByte(text[start:], '>') + 1
	return append(bytes.Clone(text[:start]), text[end:]...)
}

// latin1 returns the text in ISO-8859-1; what that does not have becomes "?".
func latin1(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r > 0xFF {
			r = '?'
		}
		out = append(out, byte(r))
	}
	return out
}

// reset cuts the connection off, so that the client sees a reset rather than
// an end. Where the connection cannot be had (HTTP/2), the request is aborted.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	raw := conn
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		raw = secure.NetConn()
	}
	if tcp, ok := raw.(*net.TCPConn); ok {
		// Without lingering a close sends a reset; if that cannot be set, the
		// client sees the end of the connection instead, which is as wrong.
		_ = tcp.SetLinger(0)
	}
	_ = raw.Close()
}
