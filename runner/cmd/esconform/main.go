// Command esconform tests endpoints that claim to speak itslearning's IMS
// Enterprise Services. Everything that it does is in package cli.
package main

import (
	"os"

	"esconform/runner/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], cli.System())) }
