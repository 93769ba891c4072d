package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"esconform/runner/profile"
	"esconform/runner/sandbox"
)

// sandboxFlags are what `sandbox` can be told.
type sandboxFlags struct {
	addr         string
	username     string
	passwordFile string
	data         string
	deviate      []string
	dialect      []string
	states       []string
	tlsCert      string
	tlsKey       string
	tlsSelf      bool
	writeProfile string
}

func newSandbox(s Streams) *cobra.Command {
	var f sandboxFlags
	c := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve the reference endpoint",
		Long: `sandbox serves a reference endpoint on this machine until it is interrupted: all
operations, WS-Security, WSDLs at ?wsdl and ?singleWsdl, and a control interface
for the states that no operation can make. Clients can be developed against it;
its faults (--deviate) and its manners (--dialect) show what a client bears.

With --write-profile it writes a profile with all its sites, their credentials
and the control token, readable by you alone; pass it to run --profile.`,
		Example: `  esconform sandbox --addr 127.0.0.1:8080 --write-profile sandbox.yaml
  esconform run --profile sandbox.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runSandbox(cmd.Context(), s, f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.addr, "addr", "127.0.0.1:8080", "listen on this `ADDRESS`; port 0 takes a free one")
	flags.StringVar(&f.username, "username", "", "user `NAME` of the default site; random when left out")
	flags.StringVar(&f.passwordFile, "password-file", "", "password of the default site, from a `FILE`, or - for standard input")
	flags.StringVar(&f.data, "data", "", "keep the data in this `FILE`; without it they live in memory")
	flags.StringSliceVar(&f.deviate, "deviate", nil, "break the rule of this deviation (`NAME`, see list deviations); may be repeated")
	flags.StringSliceVar(&f.dialect, "dialect", nil, "answer in this dialect (`NAME`, see list dialects); may be repeated")
	flags.StringSliceVar(&f.states, "state", nil, "state of the default site, `NAME=VALUE` (see list states); may be repeated")
	flags.StringVar(&f.tlsCert, "tls-cert", "", "serve https with this certificate `FILE` (PEM)")
	flags.StringVar(&f.tlsKey, "tls-key", "", "key `FILE` of --tls-cert (PEM)")
	flags.BoolVar(&f.tlsSelf, "tls", false, "serve https with a certificate made for this machine, named in --write-profile")
	flags.StringVar(&f.writeProfile, "write-profile", "", "write a profile of this sandbox to `FILE`")
	return c
}

func runSandbox(ctx context.Context, s Streams, f sandboxFlags) error {
	options, err := f.options(s)
	if err != nil {
		return usageError(err)
	}
	config, ca, err := f.tlsConfig()
	if err != nil {
		return usageError(err)
	}
	server, err := sandbox.New(ctx, options)
	if err != nil {
		return usageError(fmt.Errorf("start the sandbox: %w", err))
	}
	defer server.Close()
	e, err := listen(ctx, server, f.addr, config)
	if err != nil {
		return usageError(err)
	}
	if f.writeProfile != "" {
		if err := writeSandboxProfile(f.writeProfile, server, e.url, ca); err != nil {
			return usageError(err)
		}
	}
	announce(s, server, e.url, f)
	if err := e.serve(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return inconclusive(err)
	}
	return nil
}

// options turns the flags into those of the sandbox; all defects are reported.
func (f sandboxFlags) options(s Streams) (sandbox.Options, error) {
	o := sandbox.Options{Username: f.username, Data: f.data, Deviate: f.deviate, Dialect: f.dialect}
	var defects []error
	if f.passwordFile != "" {
		data, err := readFile(s, f.passwordFile)
		if err != nil {
			defects = append(defects, fmt.Errorf("--password-file: %w", err))
		}
		o.Password = strings.TrimRight(string(data), "\r\n")
		if err == nil && o.Password == "" {
			defects = append(defects, fmt.Errorf("--password-file: %s is empty", f.passwordFile))
		}
	}
	if (f.username == "") != (f.passwordFile == "") {
		defects = append(defects, errors.New("--username and --password-file go together"))
	}
	if (f.tlsCert == "") != (f.tlsKey == "") {
		defects = append(defects, errors.New("--tls-cert and --tls-key go together"))
	}
	if f.tlsSelf && f.tlsCert != "" {
		defects = append(defects, errors.New("--tls makes its own certificate; leave out --tls-cert or --tls"))
	}
	if f.tlsCert == "" && !f.tlsSelf && !profile.Loopback("http://"+f.addr) {
		defects = append(defects, fmt.Errorf("--addr %s: plain http is served on this machine only; add --tls-cert and --tls-key, or --tls", f.addr))
	}
	states, err := parseStates(f.states)
	if err != nil {
		defects = append(defects, err)
	}
	o.States = states
	return o, errors.Join(defects...)
}

// parseStates reads NAME=VALUE pairs; the sandbox knows which states there are.
func parseStates(pairs []string) (map[string]string, error) {
	states := map[string]string{}
	for _, pair := range pairs {
		name, value, found := strings.Cut(pair, "=")
		if !found || name == "" || value == "" {
			return nil, fmt.Errorf("--state %q: write NAME=VALUE; `esconform list states` names them", pair)
		}
		states[name] = value
	}
	return states, nil
}

// tlsConfig returns the certificate to serve with, and the PEM of the authority
// that signed it when it was made here; both are empty for plain http.
func (f sandboxFlags) tlsConfig() (*tls.Config, []byte, error) {
	switch {
	case f.tlsSelf:
		certificate, ca, err := sandbox.LoopbackCertificate(time.Now())
		if err != nil {
			return nil, nil, fmt.Errorf("make a certificate: %w", err)
		}
		return &tls.Config{Certificates: []tls.Certificate{certificate}}, ca, nil
	case f.tlsCert != "" && f.tlsKey != "":
		certificate, err := tls.LoadX509KeyPair(f.tlsCert, f.tlsKey)
		if err != nil {
			return nil, nil, fmt.Errorf("read --tls-cert and --tls-key: %w", err)
		}
		return &tls.Config{Certificates: []tls.Certificate{certificate}}, nil, nil
	}
	return nil, nil, nil
}

// writeSandboxProfile writes the profile, and beside it the certificate of the
// authority where the sandbox made one.
func writeSandboxProfile(file string, server *sandbox.Server, url string, ca []byte) error {
	caFile := ""
	if ca != nil {
		caFile = strings.TrimSuffix(file, filepath.Ext(file)) + ".ca.pem"
		if err := os.WriteFile(caFile, ca, 0o644); err != nil {
			return fmt.Errorf("write the certificate of the sandbox: %w", err)
		}
	}
	return profile.WriteFile(file, sandboxTarget(server, url, url, caFile))
}

func announce(s Streams, server *sandbox.Server, url string, f sandboxFlags) {
	fmt.Fprintf(s.Err, "sandbox at %s (interrupt to stop)\n", url)
	fmt.Fprintf(s.Err, "  all services  %s\n", profile.Target{BaseURL: url}.ServiceURL("ImsEnterpriseServicesPort", false))
	for _, site := range server.Sites() {
		fmt.Fprintf(s.Err, "  site %-12s user %s\n", site.Name, site.Username)
	}
	if f.writeProfile != "" {
		fmt.Fprintf(s.Err, "  profile       %s\n", f.writeProfile)
	} else if f.username == "" {
		fmt.Fprintln(s.Err, "  the passwords are random: use --write-profile, or --username and --password-file")
	}
	for _, name := range f.deviate {
		fmt.Fprintf(s.Err, "  deviation     %s: this endpoint is wrong on purpose\n", name)
	}
}
