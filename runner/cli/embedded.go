package cli

import (
	"context"
	"crypto/tls"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"esconform/runner/profile"
	"esconform/runner/sandbox"
)

// embedded is the built-in sandbox, served over HTTP and TLS on free ports of this
// machine for the time of one run.
type embedded struct {
	target profile.Target
	server *sandbox.Server
	stop   context.CancelFunc
	group  *errgroup.Group
	dir    string // of the certificate
}

// embed starts the sandbox. It outlives a cancelled ctx, so that a run that is
// interrupted can still clean up; close ends it.
func embed(ctx context.Context, f runFlags) (*embedded, error) {
	states, err := parseStates(f.target.states)
	if err != nil {
		return nil, err
	}
	server, err := sandbox.New(ctx, sandbox.Options{Deviate: f.sandboxDeviate, Dialect: f.sandboxDialect, States: states})
	if err != nil {
		return nil, fmt.Errorf("start the sandbox: %w", err)
	}
	e := &embedded{server: server, group: new(errgroup.Group)}
	ctx, e.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := e.start(ctx); err != nil {
		e.close()
		return nil, fmt.Errorf("start the sandbox: %w", err)
	}
	return e, nil
}

func (e *embedded) start(ctx context.Context) error {
	certificate, ca, err := sandbox.LoopbackCertificate(time.Now())
	if err != nil {
		return err
	}
	if e.dir, err = temporary(); err != nil {
		return err
	}
	caFile := filepath.Join(e.dir, "ca.pem")
	if err := os.WriteFile(caFile, ca, 0o600); err != nil {
		return fmt.Errorf("write the certificate: %w", err)
	}
	plain, err := listen(ctx, e.server, "127.0.0.1:0", nil)
	if err != nil {
		return err
	}
	e.group.Go(func() error { return plain.serve(ctx) })
	secure, err := listen(ctx, e.server, "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}})
	if err != nil {
		return err
	}
	e.group.Go(func() error { return secure.serve(ctx) })
	e.target = sandboxTarget(e.server, plain.url, secure.url, caFile)
	return nil
}

func (e *embedded) close() {
	e.stop()
	_ = e.group.Wait()
	_ = e.server.Close()
	if e.dir != "" {
		_ = os.RemoveAll(e.dir)
	}
}
