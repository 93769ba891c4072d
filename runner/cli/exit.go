package cli

import (
	"context"
	"errors"
	"strings"

	"esconform/reports"
)

// exit is an error that carries the exit code. Its cause may be nil when all that
// there is to say has been said.
type exit struct {
	code  int
	cause error
}

func (e *exit) Error() string {
	if e.cause == nil {
		return ""
	}
	return e.cause.Error()
}

func (e *exit) Unwrap() error { return e.cause }

// usageError marks an error of usage, configuration or fixtures.
func usageError(err error) error { return &exit{reports.ExitUsage, err} }

// inconclusive marks trouble with the network, TLS, credentials or the harness.
func inconclusive(err error) error { return &exit{reports.ExitInconclusive, err} }

// done ends the program with a code after everything has been printed.
func done(code int) error {
	if code == reports.ExitConformant {
		return nil
	}
	return &exit{code: code}
}

// exitCode turns what a command returned into an exit code and a message for
// people. An error without a code is one of usage: cobra's own, such as an unknown
// command.
func exitCode(err error) (int, string) {
	if err == nil {
		return reports.ExitConformant, ""
	}
	var e *exit
	switch {
	case errors.Is(err, context.Canceled):
		e = &exit{reports.ExitInterrupted, errors.New("interrupted before anything was tested")}
	case errors.As(err, &e):
	default:
		e = &exit{reports.ExitUsage, err}
	}
	text := strings.TrimSpace(e.Error())
	if text == "" {
		return e.code, ""
	}
	return e.code, "esconform: " + text
}
