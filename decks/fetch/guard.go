package fetch

import (
	"fmt"
	"net/netip"
	"syscall"
)

// Blocks that are not the public internet, from IANA's registries of
// special-purpose addresses.
var (
	special4 = prefixes(
		"0.0.0.0/8",        // this network
		"10.0.0.0/8",       // private
		"100.64.0.0/10",    // shared by a provider's customers
		"127.0.0.0/8",      // loopback
		"169.254.0.0/16",   // link-local, metadata services among them
		"172.16.0.0/12",    // private
		"192.0.0.0/24",     // protocol assignments
		"192.0.2.0/24",     // documentation
		"192.88.99.0/24",   // 6to4 relays
		"192.168.0.0/16",   // private
		"198.18.0.0/15",    // benchmarks
		"198.51.100.0/24",  // documentation
		"203.0.113.0/24",   // documentation
		"224.0.0.0/4",      // multicast
		"240.0.0.0/4",      // reserved, broadcast
		"168.63.129.16/32", // Azure's platform, on a public address
	)
	global6  = netip.MustParsePrefix("2000::/3") // the only part of IPv6 that is global
	special6 = prefixes(
		"2001::/23",     // protocol assignments, Teredo among them
		"2001:db8::/32", // documentation
		"3fff::/20",     // documentation
	)
	nat64  = netip.MustParsePrefix("64:ff9b::/96") // an IPv4 address in its last 32 bits
	sixTo4 = netip.MustParsePrefix("2002::/16")    // an IPv4 address after the first 16
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// public tells whether an address belongs to the internet at large. An IPv6
// address that stands for an IPv4 one is judged by that.
func public(a netip.Addr) bool {
	a = a.Unmap()
	switch {
	case a.Is4():
		return !within(a, special4)
	case nat64.Contains(a):
		b := a.As16()
		return public(netip.AddrFrom4([4]byte(b[12:])))
	case sixTo4.Contains(a):
		b := a.As16()
		return public(netip.AddrFrom4([4]byte(b[2:6])))
	}
	return global6.Contains(a) && !within(a, special6)
}

func within(a netip.Addr, list []netip.Prefix) bool {
	for _, p := range list {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// errPrivate keeps a connection from being made.
type errPrivate struct{ addr netip.Addr }

// Error says why.
func (e errPrivate) Error() string { return fmt.Sprintf("%s is not a public address", e.addr) }

// control is called with the resolved address before each connection.
func control(_, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("read the address to connect to: %w", err)
	}
	if !public(a.Addr()) {
		return errPrivate{a.Addr()}
	}
	return nil
}
