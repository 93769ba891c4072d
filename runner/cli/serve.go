package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"esconform/runner/sandbox"
)

// endpoint is a sandbox that listens.
type endpoint struct {
	sandbox *sandbox.Server
	url     string
	serve   func(ctx context.Context) error // until ctx is done
}

// listen opens a listener for the sandbox on an address, over TLS when config is
// set. Nothing is served before endpoint.serve runs.
func listen(ctx context.Context, server *sandbox.Server, addr string, config *tls.Config) (endpoint, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return endpoint{}, fmt.Errorf("listen on %s: %w", addr, err)
	}
	scheme := "http"
	if config != nil {
		scheme, l = "https", tls.NewListener(l, config)
	}
	return endpoint{
		sandbox: server,
		url:     scheme + "://" + l.Addr().String(),
		serve:   func(ctx context.Context) error { return serve(ctx, l, server.Handler()) },
	}, nil
}

// serve answers requests until ctx is done, then lets those in flight end.
func serve(ctx context.Context, l net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve on %s: %w", l.Addr(), err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		return server.Shutdown(grace)
	})
	return group.Wait()
}
