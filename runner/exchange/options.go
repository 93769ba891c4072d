// Package exchange sends what a plan asks for and records what comes back: SOAP 1.1
// over HTTP with WS-Security, within limits, with a guard rail before everything
// that is sent and a clean-up after everything that is made. It judges nothing.
package exchange

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/xsd/validate"
)

// Options say what is exchanged and under which restrictions.
type Options struct {
	Plan      plan.Plan
	Validator validate.Validator // checks requests before they are sent; required
	Ledger    *ledger.Ledger     // required
	Files     fs.FS              // the fixtures folder: scenarios, envelopes, templates
	// RunToken makes the keys of this run; empty for a random one. The same token
	// gives the same keys.
	RunToken string
	ReadOnly bool // refuses every write
	// Challenge is a certifier's text that every message identifier made here is bound
	// to, together with RunID (see BindsMessageID); empty for identifiers that are
	// random.
	Challenge string
	RunID     string // of the run; needed with Challenge
	// EvidenceDir is where exchanges are logged (evidence.Log); empty for nowhere.
	EvidenceDir string
	// CleanupTimeout bounds the removal of what a case made, also after an
	// interrupt; 0 means one minute.
	CleanupTimeout time.Duration
	// Logf takes lines for the log of the run; nil for none. It holds no secrets.
	Logf func(format string, args ...any)
}

// Executor carries out a plan against one endpoint. It implements ledger.Remover.
type Executor struct {
	options   Options
	plan      plan.Plan
	target    profile.Target
	client    *client
	control   *controlClient // nil without a control interface
	templates *templates
	limiter   *rate.Limiter
	secrets   secrets // of the target, looked for in everything that is recorded
	recent    *recent // of the exchanges so far
	clock     clock
	start     startTime
	log       *evidence.Log // nil for none
}

// clock is time, so that tests need not wait.
type clock struct {
	now  func() time.Time
	wait func(ctx context.Context, d time.Duration) error
}

func systemClock() clock {
	return clock{now: time.Now, wait: func(ctx context.Context, d time.Duration) error {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}}
}

// New prepares an executor. Nothing is sent. Errors: a missing option, a target
// without a site, a certificate file that cannot be used.
func New(o Options) (*Executor, error) {
	switch {
	case o.Validator == nil:
		return nil, errors.New("new exchange: there is no validator")
	case o.Ledger == nil:
		return nil, errors.New("new exchange: there is no ledger")
	case o.Challenge != "" && o.RunID == "":
		return nil, errors.New("new exchange: identifiers are bound to a challenge and a run, and there is no run id")
	}
	return newExecutor(o)
}

func newExecutor(o Options) (*Executor, error) {
	t := o.Plan.Target
	switch {
	case o.Files == nil:
		return nil, errors.New("new exchange: there are no fixtures")
	case len(t.Sites) == 0:
		return nil, errors.New("new exchange: the target has no site")
	case !strings.HasPrefix(t.BaseURL, "https://") && !profile.Loopback(t.BaseURL):
		// The profile refuses it already; this is the last door.
		return nil, errors.New("new exchange: passwords are not sent over plain HTTP to another machine")
	}
	if o.RunToken == "" {
		o.RunToken = newToken() + newToken()
	}
	if o.CleanupTimeout == 0 {
		o.CleanupTimeout = time.Minute
	}
	if o.Logf == nil {
		o.Logf = func(string, ...any) {}
	}
	e := &Executor{
		options: o, plan: o.Plan, target: t, clock: systemClock(),
		templates: &templates{files: o.Files, byKey: map[string]*compiled{}},
		limiter:   limiter(t.Limits),
		secrets:   secretsOf(t),
		recent:    newRecent(),
	}
	var err error
	if e.client, err = newClient(t); err != nil {
		return nil, fmt.Errorf("new exchange: %w", err)
	}
	if o.EvidenceDir != "" {
		if e.log, err = evidence.CreateLog(o.EvidenceDir); err != nil {
			return nil, fmt.Errorf("new exchange: %w", err)
		}
	}
	if t.Control != nil {
		e.control = newControlClient(*t.Control, e.client)
	}
	return e, nil
}

func limiter(l profile.Limits) *rate.Limiter {
	if l.Rate <= 0 {
		return rate.NewLimiter(rate.Inf, 0)
	}
	return rate.NewLimiter(rate.Limit(l.Rate), max(1, min(l.Concurrency, int(l.Rate))))
}

// Close closes idle connections and the log of the evidence. Its error means that
// evidence may be missing.
func (e *Executor) Close() error {
	e.client.close()
	if e.control != nil {
		e.control.http.CloseIdleConnections()
	}
	if e.log != nil {
		return e.log.Close()
	}
	return nil
}

// site returns the site with that name.
func (e *Executor) site(name string) (*profile.Site, error) {
	i := slices.IndexFunc(e.target.Sites, func(s profile.Site) bool { return s.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("the target has no site %q", name)
	}
	return &e.target.Sites[i], nil
}
