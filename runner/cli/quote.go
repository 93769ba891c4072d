package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// plain are the characters that a shell leaves alone everywhere.
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,"

// shellQuote quotes a word for a POSIX shell.
func shellQuote(word string) string {
	if word != "" && strings.Trim(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// targetFlagNames are the flags that a command needs again to reach the same target
// in the same way.
var targetFlagNames = []string{"sandbox", "sandbox-deviate", "sandbox-dialect", "endpoint", "secure-endpoint", "profile",
	"username", "password-file", "separate", "state", "feature", "header", "ca-file", "client-cert", "client-key", "proxy", "insecure",
	"allow-hooks", "fixtures", "strict", "xsd-engine"}

// targetArgs writes the flags that name the target, as they were set.
func targetArgs(c *cobra.Command) string {
	var words []string
	for _, name := range targetFlagNames {
		flag := c.Flags().Lookup(name)
		if flag == nil || !flag.Changed {
			continue
		}
		if flag.Value.Type() == "bool" {
			words = append(words, "--"+name)
			continue
		}
		for _, value := range values(flag) {
			if header, _, found := strings.Cut(value, "="); name == "header" && found {
				value = header + "=[hidden]" // may be a credential, and reports travel
			}
			words = append(words, "--"+name+" "+shellQuote(value))
		}
	}
	return strings.Join(words, " ")
}

func values(flag *pflag.Flag) []string {
	if many, ok := flag.Value.(pflag.SliceValue); ok {
		return many.GetSlice()
	}
	return []string{flag.Value.String()}
}
