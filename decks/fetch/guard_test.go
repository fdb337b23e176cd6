package fetch

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"testing"
)

// Every kind of address that is not the internet at large, and its neighbours
// that are.
func TestPublic(t *testing.T) {
	for _, c := range []struct {
		kind   string
		public bool
		addrs  []string
	}{
		{"this network", false, []string{"0.0.0.0", "0.1.2.3", "::"}},
		{"loopback", false, []string{"127.0.0.1", "127.255.255.254", "::1"}},
		{"private", false, []string{"10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255", "fc00::1", "fdff::1"}},
		{"site-local", false, []string{"fec0::1"}},
		{"shared by customers", false, []string{"100.64.0.1", "100.127.255.255"}},
		{"link-local", false, []string{"169.254.0.1", "fe80::1", "fe80::1%eth0"}},
		{"metadata", false, []string{"169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"}},
		{"multicast", false, []string{"224.0.0.1", "239.255.255.255", "ff02::1"}},
		{"broadcast and reserved", false, []string{"255.255.255.255", "240.0.0.1"}},
		{"documentation", false, []string{"192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"}},
		{"benchmarks", false, []string{"198.18.0.1", "198.19.255.255", "2001:2::1"}},
		{"relays", false, []string{"192.88.99.1"}},
		{"IPv4 in IPv6", false, []string{"::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:169.254.169.254", "::127.0.0.1", "::8.8.8.8", "::ffff:0:8.8.8.8"}},
		{"NAT64", false, []string{"64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808"}},
		{"6to4", false, []string{"2002:7f00:1::1", "2002:a00:1::", "2002:c0a8:101::1", "2002:a9fe:a9fe::"}},
		{"Teredo", false, []string{"2001:0:53aa:64c:0:0:f5ff:fffe", "2001::1"}},
		{"discard", false, []string{"100::1"}},
		{"the zero address", false, []string{""}},
		{"global", true, []string{
			"8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
			"169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255",
			"198.20.0.0", "223.255.255.255", "168.63.129.17", "2001:4860:4860::8888", "2606:4700::1111", "2a00:1450:4010::64",
		}},
		{"global through IPv6", true, []string{"::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"}},
	} {
		for _, s := range c.addrs {
			var a netip.Addr
			if s != "" {
				a = netip.MustParseAddr(s)
			}
			if got := public(a); got != c.public {
				t.Errorf("%s: public(%s) is %v", c.kind, s, got)
			}
		}
	}
}

// Control is asked with the address in use, and refuses.
func TestControl(t *testing.T) {
	var private errPrivate
	if err := control("tcp4", "127.0.0.1:80", nil); !errors.As(err, &private) {
		t.Error(err)
	}
	if err := control("tcp6", "[fe80::1%eth0]:80", nil); !errors.As(err, &private) {
		t.Error(err)
	}
	if err := control("tcp4", "8.8.8.8:443", nil); err != nil {
		t.Error(err)
	}
	if err := control("tcp", "nonsense", nil); err == nil {
		t.Error("what is no address was let through")
	}
}

// FuzzPublic: an IPv4 address is judged the same however IPv6 wraps it, and what
// Go's own library calls loopback, private, link-local, multicast or unspecified
// is never public.
func FuzzPublic(f *testing.F) {
	for _, s := range []string{"127.0.0.1", "8.8.8.8", "169.254.169.254", "2001::1", "64:ff9b::7f00:1", "2002:7f00:1::"} {
		f.Add(netip.MustParseAddr(s).AsSlice())
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, ok := netip.AddrFromSlice(raw)
		if !ok {
			return
		}
		if b := a.Unmap(); (b.IsLoopback() || b.IsPrivate() || b.IsLinkLocalUnicast() || b.IsMulticast() || b.IsUnspecified()) && public(a) {
			t.Errorf("%s is public", a)
		}
		if !a.Is4() {
			return
		}
		four := a.As4()
		mapped := netip.AddrFrom16(a.As16())
		nat := [16]byte{0, 0x64, 0xff, 0x9b}
		copy(nat[12:], four[:])
		six := [16]byte{0x20, 0x02}
		binary.BigEndian.PutUint32(six[2:], binary.BigEndian.Uint32(four[:]))
		for _, wrapped := range []netip.Addr{mapped, netip.AddrFrom16(nat), netip.AddrFrom16(six)} {
			if public(wrapped) != public(a) {
				t.Errorf("%s is %v, as %s it is %v", a, public(a), wrapped, public(wrapped))
			}
		}
	})
}
