package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// runFlags are what `run` can be told. Those of the target are handed to package
// profile only when they were set, so that environment and profile keep their say.
type runFlags struct {
	target targetFlags
	bundle bundleFlags

	sandbox        bool
	sandboxDeviate []string
	sandboxDialect []string

	only        []string
	labels      string
	fixtures    string
	rerunFailed string
	shard       shardFlag
	baseline    string
	known       string
	certify     string
	annotations string
	out         string
	junit       dialectFlag
	engine      string
	seed        uint64
	volume      int
	repeat      int
	strict      bool
	readOnly    bool
	residue     bool
	dryRun      bool
	verbose     bool
}

func (f *runFlags) register(c *cobra.Command) {
	group(c, "What is tested", func(flags *pflag.FlagSet) {
		flags.BoolVar(&f.sandbox, "sandbox", false, "the built-in sandbox, served for this run alone")
		flags.StringSliceVar(&f.sandboxDeviate, "sandbox-deviate", nil, "with --sandbox: break the rule of this deviation (`NAME`, see list deviations); may be repeated")
		flags.StringSliceVar(&f.sandboxDialect, "sandbox-dialect", nil, "with --sandbox: answer in this dialect (`NAME`, see list dialects); may be repeated")
		f.target.registerEndpoint(flags)
	})
	group(c, "Which scenarios", func(flags *pflag.FlagSet) {
		flags.StringSliceVar(&f.only, "only", nil, "only these ids: a `PATTERN` with * and **, or the beginning of an id; may be repeated")
		flags.StringVar(&f.labels, "labels", "", "only scenarios whose labels match this `FILTER`, e.g. 'relationships && !slow'")
		flags.StringVar(&f.rerunFailed, "rerun-failed", "", "only what was not good in this `REPORT` (report.json or events.jsonl)")
		flags.Var(&f.shard, "shard", "only shard `I/N` of what the other flags select, for runs side by side; report merge puts them together")
		flags.BoolVar(&f.readOnly, "read-only", false, "send nothing that writes; what would is skipped")
		flags.BoolVar(&f.residue, "allow-residue", false, "run also the scenarios that leave something behind which cannot be removed; with --sandbox they always run")
		flags.IntVar(&f.volume, "volume", 0, fmt.Sprintf("run the scenarios with the label %s, too, with `N` objects each; --labels %s alone stands for %d", scenario.LabelVolume, scenario.LabelVolume, scenario.DefaultVolume))
		flags.StringVar(&f.fixtures, "fixtures", "", "add the scenarios and requirements of this `FOLDER`")
		flags.Uint64Var(&f.seed, "seed", 0, "shuffle the order, the same way for the same `NUMBER`; 0 keeps the order of ids")
	})
	group(c, "How it is judged", func(flags *pflag.FlagSet) {
		flags.BoolVar(&f.strict, "strict", false, "requirements that rest on client code or inference fail instead of warn")
		flags.StringVar(&f.baseline, "baseline", "", "be red only for what is worse than in this `REPORT`")
		flags.StringVar(&f.known, "known-failures", "", "cases that may fail for now, as this list (`FILE`) describes; what is listed and passes is red (see report known-failures)")
		flags.StringVar(&f.certify, "certify", "", "run what this certification `PROFILE` needs and judge for it (see list certifications)")
		flags.IntVar(&f.repeat, "repeat", 1, "carry each case out `N` times, at most 100, with fresh keys, and call it flaky when it does not end the same each time")
		flags.StringVar(&f.engine, "xsd-engine", "", "validate with this `ENGINE`: libxml2, helium, or both; the default is the best that is built in")
	})
	group(c, "What comes out", func(flags *pflag.FlagSet) {
		flags.StringVar(&f.out, "out", "out", "write the reports and the evidence to this `FOLDER`")
		f.junit.register(flags)
		f.bundle.register(flags)
		flags.StringVar(&f.annotations, "annotations", "", "print what is wrong as annotations of this `SYSTEM` on standard output; there is github")
		flags.BoolVar(&f.verbose, "verbose", false, "print each step as it begins, and what a cleanup could not do at once")
		flags.BoolVar(&f.dryRun, "dry-run", false, "print the requests that a run would send, the objects and the residue that it would make, and send nothing")
	})
	f.target.registerConnection(c)
	c.MarkFlagsMutuallyExclusive("sandbox", "endpoint")
	c.MarkFlagsMutuallyExclusive("sandbox", "profile")
}

// targetFlags are the flags that describe an endpoint; run and cleanup share them.
type targetFlags struct {
	profile, endpoint, secure, username, passwordFile string
	caFile, certFile, keyFile, proxy                  string
	concurrency                                       int
	rate                                              float64
	timeout, maxDuration                              time.Duration
	separate, insecure, allowHooks                    bool
	states, headers, features                         []string
}

func (f *targetFlags) registerEndpoint(flags *pflag.FlagSet) {
	flags.StringVar(&f.endpoint, "endpoint", "", "the endpoint at this `URL`, without the path of a service")
	flags.StringVar(&f.username, "username", "", "user `NAME` (or ESCONFORM_USERNAME)")
	flags.StringVar(&f.passwordFile, "password-file", "", "read the password from this `FILE`, or - for standard input (or ESCONFORM_PASSWORD)")
	flags.StringVar(&f.profile, "profile", "", "the endpoint that this profile `FILE` describes")
	flags.StringVar(&f.secure, "secure-endpoint", "", "the https form of the endpoint (`URL`), for scenarios that need TLS")
	flags.BoolVar(&f.separate, "separate", false, "call the separate services instead of the combined port")
	flags.StringArrayVar(&f.states, "state", nil, "state of the endpoint's sites, `[SITE:]NAME=VALUE` (see list states); may be repeated")
	flags.StringArrayVar(&f.features, "feature", nil, "a feature that the endpoint has (`NAME`); may be repeated")
}

func (f *targetFlags) registerConnection(c *cobra.Command) {
	group(c, "Connection", func(flags *pflag.FlagSet) {
		flags.IntVar(&f.concurrency, "concurrency", profile.DefaultConcurrency, "scenarios in flight, a `NUMBER`")
		flags.Float64Var(&f.rate, "rate", 0, "requests a second, a `NUMBER`; 0 for no limit (without the flag: 10, and no limit on this machine)")
		flags.DurationVar(&f.timeout, "timeout", profile.DefaultStepTimeout, "deadline of one exchange")
		flags.DurationVar(&f.maxDuration, "max-duration", 0, "end the run after this time; 0 for never")
		flags.StringArrayVar(&f.headers, "header", nil, "send this HTTP header with every request, `NAME=VALUE`; may be repeated")
		flags.StringVar(&f.caFile, "ca-file", "", "trust the certificates in this `FILE` (PEM) and no others")
		flags.StringVar(&f.certFile, "client-cert", "", "present this client certificate `FILE` (PEM)")
		flags.StringVar(&f.keyFile, "client-key", "", "key `FILE` of --client-cert (PEM)")
		flags.StringVar(&f.proxy, "proxy", "", "send everything through this HTTP proxy (`URL`)")
		flags.BoolVar(&f.insecure, "insecure", false, "do not verify certificates; the report says so")
		flags.BoolVar(&f.allowHooks, "allow-hooks", false, "run the profile's hooks to switch states")
	})
}

// set returns the flags that were set on the command line.
func (f *targetFlags) set(c *cobra.Command) profile.Flags {
	return profile.Flags{
		Profile: changed(c, "profile", &f.profile), Endpoint: changed(c, "endpoint", &f.endpoint),
		Secure: changed(c, "secure-endpoint", &f.secure), Username: changed(c, "username", &f.username),
		PasswordFile: changed(c, "password-file", &f.passwordFile), Separate: changed(c, "separate", &f.separate),
		Concurrency: changed(c, "concurrency", &f.concurrency), Rate: changed(c, "rate", &f.rate),
		Timeout: changed(c, "timeout", &f.timeout), MaxDuration: changed(c, "max-duration", &f.maxDuration),
		CAFile: changed(c, "ca-file", &f.caFile), CertFile: changed(c, "client-cert", &f.certFile),
		KeyFile: changed(c, "client-key", &f.keyFile), Proxy: changed(c, "proxy", &f.proxy),
		Unverified: changed(c, "insecure", &f.insecure), AllowHooks: changed(c, "allow-hooks", &f.allowHooks),
		States: f.states, Headers: f.headers, Features: f.features,
	}
}

// changed returns the flag's value when it was set, else nil.
func changed[T any](c *cobra.Command, name string, value *T) *T {
	if !c.Flags().Changed(name) {
		return nil
	}
	return value
}
