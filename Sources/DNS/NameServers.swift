/// Which name servers are asked.
package enum NameServers: Hashable, Sendable {
    /// Those of the system: `/etc/resolv.conf`.
    case system
    /// These, each an address with or without a port: `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:53`.
    case addresses([String])
}
