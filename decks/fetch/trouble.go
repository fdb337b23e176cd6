package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"syscall"

	"lectern/decks/fault"
)

// Trouble is what an error of a connection to a host means to the user: NoHost,
// NoAnswer, NotSecure, TimedOut or PrivateAddress.
func Trouble(host string, err error) *fault.Fault {
	var (
		private errPrivate
		dns     *net.DNSError
		timeout net.Error
	)
	code := fault.NoAnswer
	switch {
	case errors.As(err, &private):
		code = fault.PrivateAddress
	case errors.As(err, &dns), errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		code = fault.NoHost
	case errors.As(err, &timeout) && timeout.Timeout():
		code = fault.TimedOut
	case insecure(err):
		code = fault.NotSecure
	}
	return fault.New(code, err, "host", host)
}

// insecure tells of trouble with the encryption.
func insecure(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		name         x509.HostnameError
		invalid      x509.CertificateInvalidError
		record       tls.RecordHeaderError
		op           *net.OpError
	)
	return errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &name) || errors.As(err, &invalid) ||
		errors.As(err, &record) || errors.Is(err, http.ErrSchemeMismatch) ||
		errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error") // a TLS alert
}
